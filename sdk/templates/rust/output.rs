//! @NAME@: writes a plain list of the selected papers.
mod gleaner;
use gleaner::{About, Component, Digest, Error, Field, Output, Settings};

struct @CLASS@;

impl Component for @CLASS@ {
    const ABOUT: About = About {
        summary: "A plain list of the selected papers",
        options: &[Field::path("path", "Where to; - is standard output").required().example("out/{date}.txt")],
        ..About::new("@NAME@", "0.1.0")
    };

    fn create(_settings: &Settings) -> Result<Self, Error> {
        Ok(@CLASS@)
    }
}

impl Output for @CLASS@ {
    fn render(&mut self, digest: &Digest) -> Result<String, Error> {
        let mut page = format!("{}, {}\n", digest.title(), digest.date());
        for entry in digest.papers() {
            page.extend(["- ", entry.paper().title(), "\n  ", entry.paper().url(), "\n"]);
        }
        Ok(page)
    }
}

gleaner::plugin!("@NAME@", "0.1.0", output @CLASS@);

#[cfg(test)]
mod tests {
    use super::gleaner::fake;
    use super::*;

    #[test]
    fn the_list_holds_title_date_and_the_papers_in_order() {
        let papers = [fake::paper("1", "Sparse experts"), fake::paper("2", "Roses")];
        let page = fake::render::<@CLASS@>(&[("path", fake::words("/list.txt"))], "Papers", "2025-05-20", &papers);
        let wanted = "Papers, 2025-05-20\n- Sparse experts\n  https://example.org/1\n- Roses\n  https://example.org/2\n";
        assert_eq!(page.unwrap(), wanted);
    }
}
