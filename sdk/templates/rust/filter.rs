//! @NAME@: drops papers by the words of their titles.
mod gleaner;
use gleaner::{text, About, Component, Error, Field, Filter, Paper, Settings, Verdict};

struct @CLASS@ {
    words: Vec<String>,
    drops_with: bool,
}

impl Component for @CLASS@ {
    const ABOUT: About = About {
        summary: "Drops papers by the words of their titles",
        options: &[
            Field::list("words", "Words, as titles spell them").required().example("[\"survey\"]"),
            Field::choice(
                "drop",
                "Whether titles that have one of them are dropped, or those without",
                &[text("with"), text("without")],
            )
            .fallback("with"),
        ],
        ..About::new("@NAME@", "0.1.0")
    };

    fn create(settings: &Settings) -> Result<Self, Error> {
        Ok(@CLASS@ { words: settings.list("words"), drops_with: settings.text("drop") == "with" })
    }
}

impl Filter for @CLASS@ {
    fn judge(&mut self, paper: &Paper) -> Result<Verdict, Error> {
        let has = self.words.iter().any(|word| paper.title().contains(word.as_str()));
        if has != self.drops_with {
            return Ok(Verdict::Pass);
        }
        Ok(Verdict::Drop(if has { "a word not wanted" } else { "no word wanted" }.to_owned()))
    }
}

gleaner::plugin!("@NAME@", "0.1.0", filter @CLASS@);

#[cfg(test)]
mod tests {
    use super::gleaner::fake;
    use super::*;

    fn verdict(drop: &str, title: &str) -> Verdict {
        let options = [("words", fake::list(&["survey"])), ("drop", fake::words(drop))];
        fake::judge::<@CLASS@>(&options, &[fake::paper("2505.00001", title)]).unwrap()[0].verdict.clone()
    }

    #[test]
    fn a_title_with_the_word_is_dropped_and_the_receipt_says_why() {
        assert_eq!(verdict("with", "A survey of pruning"), Verdict::Drop("a word not wanted".to_owned()));
        assert_eq!(verdict("with", "Sparse experts"), Verdict::Pass);
    }

    #[test]
    fn drop_without_turns_it_round() {
        assert_eq!(verdict("without", "A survey of pruning"), Verdict::Pass);
        assert_eq!(verdict("without", "Sparse experts"), Verdict::Drop("no word wanted".to_owned()));
    }
}
