//! @NAME@: raises papers whose title has your words.
mod gleaner;
use gleaner::{About, Axis, Component, Error, Field, Paper, Score, Scorer, Settings};

struct @CLASS@ {
    words: Vec<String>,
}

impl Component for @CLASS@ {
    const ABOUT: About = About {
        summary: "Raises papers whose title has your words",
        options: &[Field::list("words", "Words, as titles spell them").required().example("[\"pruning\"]")],
        axes: &[Axis::new("relevance", "1, and 3 more for each of your words in the title, up to 10", 1.0, 10.0)],
        ..About::new("@NAME@", "0.1.0")
    };

    fn create(settings: &Settings) -> Result<Self, Error> {
        Ok(@CLASS@ { words: settings.list("words") })
    }
}

impl Scorer for @CLASS@ {
    fn score(&mut self, paper: &Paper) -> Result<Score, Error> {
        let hits = self.words.iter().filter(|word| paper.title().contains(word.as_str())).count();
        Ok(Score::of((1.0 + 3.0 * hits as f64).min(10.0)))
    }
}

gleaner::plugin!("@NAME@", "0.1.0", scorer @CLASS@);

#[cfg(test)]
mod tests {
    use super::gleaner::fake;
    use super::*;

    fn relevance(title: &str) -> f64 {
        let options = [("words", fake::list(&["experts", "pruning"]))];
        fake::score::<@CLASS@>(&options, &[fake::paper("2505.00001", title)]).unwrap()[0].axes[0]
    }

    #[test]
    fn each_word_in_the_title_raises_a_paper() {
        assert_eq!(relevance("Sparse experts"), 4.0);
        assert_eq!(relevance("pruning experts"), 7.0);
    }

    #[test]
    fn a_title_without_one_stays_at_1() {
        assert_eq!(relevance("Roses"), 1.0);
    }
}
