//! @NAME@: reads a list of papers from a file, one a line: its address, a blank, its title.
mod gleaner;
use gleaner::{About, Call, Component, Day, Error, Field, NewPaper, Settings, Sink, Source};
use std::fs::File;
use std::io::{BufRead, BufReader};

struct @CLASS@ {
    file: String,
}

impl Component for @CLASS@ {
    const ABOUT: About = About {
        summary: "Papers of a list: a line each, the address and the title",
        options: &[Field::path("file", "The list; - is standard input").required().example("papers.txt")],
        ..About::new("@NAME@", "0.1.0")
    };

    fn create(settings: &Settings) -> Result<Self, Error> {
        Ok(@CLASS@ { file: settings.text("file") })
    }
}

impl @CLASS@ {
    fn unreadable(&self, why: std::io::Error) -> Error {
        Error::of_option("file", format!("The list {} cannot be read: {}.", self.file, why))
    }
}

impl Source for @CLASS@ {
    fn fetch(&mut self, call: &Call, _day: &Day, sink: &mut Sink) -> Result<(), Error> {
        let place = if self.file == "-" { "/dev/stdin" } else { &self.file };
        let list = File::open(place).map_err(|why| self.unreadable(why))?;
        for line in BufReader::new(list).lines() {
            call.go_on()?;
            let line = line.map_err(|why| self.unreadable(why))?;
            if line.starts_with('#') {
                continue;
            }
            if let Some((url, title)) = line.split_once(' ') {
                let (id, url, title) = (format!("url:{}", url), url.to_owned(), title.to_owned());
                sink.push(&NewPaper { id, url, title, ..NewPaper::default() })?;
            }
        }
        Ok(())
    }
}

gleaner::plugin!("@NAME@", "0.1.0", source @CLASS@);

#[cfg(test)]
mod tests {
    use super::gleaner::fake;
    use super::*;

    #[test]
    fn the_address_comes_first_and_comments_are_no_papers() {
        let papers = fake::fetch::<@CLASS@>(&[("file", fake::words("papers.txt"))]).unwrap();
        let titles: Vec<&str> = papers.iter().map(|paper| paper.title.as_str()).collect();
        assert_eq!(titles, ["Sparse experts at night", "A survey of pruning", "Watering roses"]);
        assert_eq!(papers[0].id, "url:https://example.org/papers/1");
    }

    #[test]
    fn a_list_that_is_missing_is_named_with_the_option() {
        let error = fake::fetch::<@CLASS@>(&[("file", fake::words("nowhere.txt"))]).unwrap_err();
        assert_eq!(error.option, "/file");
        assert!(error.message.contains("nowhere.txt"));
    }
}
