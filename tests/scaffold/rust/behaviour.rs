//! What sdk/rust/gleaner.rs promises its authors beyond the templates' own tests. Compiled with `rustc --test`.
#[path = "../../../sdk/rust/gleaner.rs"]
mod gleaner;

use gleaner::{abi, fake, About, Axis, Call, Component, Day, Digest, Error, Field, Filter, Output, Paper};
use gleaner::{Score, Scorer, Settings, Sink, Source, Verdict};

/// Does what its option `act` says.
struct Odd {
    act: String,
}

impl Component for Odd {
    const ABOUT: About = About {
        summary: "Fails in every way a component can",
        options: &[Field::string("act", "What it does").required(), Field::path("path", "Where to")],
        axes: &[Axis::new("relevance", "Always 5", 1.0, 10.0), Axis::new("novelty", "Never scored", 1.0, 10.0)],
        ..About::new("odd", "0.1.0")
    };
    fn create(settings: &Settings) -> Result<Self, Error> {
        match settings.text("act").as_str() {
            "panic in create" => panic!("no instance"),
            "refuse" => Err(Error::of_option("act", "It will not.")),
            act => Ok(Odd { act: act.to_owned() }),
        }
    }
}

impl Odd {
    fn act(&self) -> Result<(), Error> {
        match self.act.as_str() {
            "panic" => panic!("paper {} is odd", 7),
            "panic with a number" => std::panic::panic_any(7),
            "fail" => Err(Error::new("The server is away.").with_status(abi::UNREACHABLE)),
            _ => Ok(()),
        }
    }
}
impl Drop for Odd {
    fn drop(&mut self) {
        if self.act == "panic in drop" {
            panic!("not yet");
        }
    }
}
impl Source for Odd {
    fn fetch(&mut self, call: &Call, day: &Day, sink: &mut Sink) -> Result<(), Error> {
        self.act()?;
        sink.dated(day.today(), call.date())
    }
}
impl Filter for Odd {
    fn judge(&mut self, paper: &Paper) -> Result<Verdict, Error> {
        self.act()?;
        Ok(if paper.title() == "Roses" { Verdict::Pick(20.0, "Flowers".to_owned()) } else { Verdict::Pass })
    }
}
impl Scorer for Odd {
    fn score(&mut self, _paper: &Paper) -> Result<Score, Error> {
        self.act()?;
        Ok(Score { axes: vec![5.0], comment: "So so".to_owned() })
    }
}
impl Output for Odd {
    fn render(&mut self, digest: &Digest) -> Result<String, Error> {
        self.act()?;
        Ok(digest.json().to_owned())
    }
}

gleaner::plugin!("odd", "0.1.0", source Odd, scorer Odd, output Odd);

fn acting(act: &str) -> [(&str, fake::Given); 1] {
    [("act", fake::words(act))]
}
fn papers() -> Vec<gleaner::NewPaper> {
    vec![fake::paper("1", "Sparse experts"), fake::paper("2", "Roses")]
}

#[test]
fn a_panic_at_any_entry_becomes_a_sentence() {
    let said = [
        fake::fetch::<Odd>(&acting("panic")).unwrap_err(),
        fake::judge::<Odd>(&acting("panic"), &papers()).unwrap_err(),
        fake::score::<Odd>(&acting("panic"), &papers()).unwrap_err(),
        fake::render::<Odd>(&acting("panic"), "Papers", "2025-05-20", &papers()).unwrap_err(),
    ];
    for error in &said {
        assert_eq!(*error, Error::new("The plugin panicked: paper 7 is odd."));
    }
    let error = fake::fetch::<Odd>(&acting("panic in create")).unwrap_err();
    assert_eq!(error.message, "The plugin panicked: no instance.");
    let error = fake::fetch::<Odd>(&acting("panic with a number")).unwrap_err();
    assert_eq!(error.message, "The plugin panicked: no message.");
}

#[test]
fn a_panic_while_it_is_destroyed_ends_there() {
    assert!(fake::fetch::<Odd>(&acting("panic in drop")).is_ok());
}

#[test]
fn an_error_keeps_its_status_and_its_option() {
    let error = fake::fetch::<Odd>(&acting("fail")).unwrap_err();
    assert_eq!((error.status, error.message.as_str()), (abi::UNREACHABLE, "The server is away."));
    let error = fake::fetch::<Odd>(&acting("refuse")).unwrap_err();
    assert_eq!((error.status, error.option.as_str()), (abi::INVALID, "/act"));
}

#[test]
fn a_pick_brings_its_total_and_a_comment() {
    let judged = fake::judge::<Odd>(&acting(""), &papers()).unwrap();
    assert_eq!(judged[0].verdict, Verdict::Pass);
    assert_eq!(judged[1].verdict, Verdict::Pick(20.0, "Flowers".to_owned()));
    assert_eq!(judged[1].comment, "Flowers");
}

#[test]
fn an_axis_that_is_not_given_stays_unscored() {
    let judged = fake::score::<Odd>(&acting(""), &papers()).unwrap();
    assert_eq!(judged[0].axes[0], 5.0);
    assert!(judged[0].axes[1].is_nan());
    assert_eq!(judged[0].comment, "So so");
}

#[test]
fn no_papers_are_no_trouble() {
    assert!(fake::score::<Odd>(&acting(""), &[]).unwrap().is_empty());
    assert_eq!(fake::render::<Odd>(&acting(""), "Papers", "2025-05-20", &[]).unwrap(), "{}");
}

#[test]
fn the_descriptors_are_those_of_the_components() {
    let plugin = &gleaner_plugin_v1;
    assert_eq!((plugin.component_count, plugin.abi_minor, plugin.min_host_minor), (3, abi::ABI_MINOR, 0));
    let kinds: Vec<u32> = (0..3).map(|i| unsafe { &*plugin.components.add(i) }.kind).collect();
    assert_eq!(kinds, [abi::SOURCE, abi::SCORER, abi::OUTPUT]);
    let second = unsafe { &*plugin.components.add(1) };
    assert_eq!((second.option_count, second.axis_count), (2, 2));
    let option = unsafe { &*second.options };
    assert_eq!((option.name.size, option.flags), (3, abi::OPTION_REQUIRED));
}
