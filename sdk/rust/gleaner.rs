// SPDX-License-Identifier: Apache-2.0
//
// Gleaner's plugin contract for Rust: gleaner/abi.h as types (module abi), and a safe way to write plugins over it. One file, the
// standard library alone, Rust 1.63 or later. Copy it beside lib.rs and say `mod gleaner;`; you need not change it.
//
//     mod gleaner;
//     use gleaner::{About, Axis, Component, Error, Field, Paper, Score, Scorer, Settings};
//
//     struct Words { words: Vec<String> }
//
//     impl Component for Words {
//         const ABOUT: About = About {
//             summary: "Raises papers whose title has your words",
//             options: &[Field::list("words", "Words, as titles spell them").required()],
//             axes: &[Axis::new("relevance", "8 for a title with one of your words, else 1", 1.0, 10.0)],
//             ..About::new("words", "0.1.0")
//         };
//         fn create(settings: &Settings) -> Result<Self, Error> { Ok(Words { words: settings.list("words") }) }
//     }
//
//     impl Scorer for Words {
//         fn score(&mut self, paper: &Paper) -> Result<Score, Error> {
//             Ok(Score::of(if self.words.iter().any(|word| paper.title().contains(word)) { 8.0 } else { 1.0 }))
//         }
//     }
//
//     gleaner::plugin!("words", "0.1.0", scorer Words);
//
// A component is one of Source, Filter, Scorer, Output. Errors are Err(Error) with a sentence for a person; a panic becomes one,
// too, and none leaves the plugin (panic = "abort" would: leave Cargo's default). Threads: the host calls an instance from any
// thread, one call at a time, which is why it must be Send. What a function is lent lives for that call; the compiler sees to it.
//
// Not here: HTTP, store, secrets and mail. Their tables (gleaner/ext/*.h) are reached through Host::service, in the same manner as
// gleaner_log and gleaner_file below.
#![allow(dead_code)]

use std::any::Any;
use std::ffi::c_void;
use std::marker::PhantomData;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// gleaner/abi.h of minor 2, field by field and under its own names; the comments are there. A test of Gleaner's compares every
/// offset.
#[allow(non_camel_case_types)]
pub mod abi {
    use std::ffi::c_void;

    pub const ABI_MINOR: u32 = 2;
    pub const OK: i32 = 0;
    pub const FAILED: i32 = 1;
    pub const INVALID: i32 = 2;
    pub const UNREACHABLE: i32 = 3;
    pub const DENIED: i32 = 4;
    pub const MALFORMED: i32 = 5;
    pub const CANCELLED: i32 = 6;
    pub const TIMED_OUT: i32 = 7;
    pub const EXHAUSTED: i32 = 8;
    pub const UNSUPPORTED: i32 = 9;
    pub const NOT_FOUND: i32 = 10;

    pub const TYPE_STRING: u32 = 1;
    pub const TYPE_INTEGER: u32 = 2;
    pub const TYPE_NUMBER: u32 = 3;
    pub const TYPE_BOOLEAN: u32 = 4;
    pub const TYPE_ENUM: u32 = 5;
    pub const TYPE_LIST: u32 = 6;
    pub const TYPE_DURATION: u32 = 8;
    pub const TYPE_PATH: u32 = 9;
    pub const OPTION_REQUIRED: u32 = 1;
    pub const OPTION_BOUNDED: u32 = 2;

    pub const SOURCE: u32 = 1;
    pub const FILTER: u32 = 2;
    pub const SCORER: u32 = 3;
    pub const OUTPUT: u32 = 4;
    pub const PASS: u8 = 0;
    pub const DROP: u8 = 1;
    pub const PICK: u8 = 2;

    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_str {
        pub data: *const u8,
        pub size: u64,
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_pair {
        pub key: gleaner_str,
        pub value: gleaner_str,
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_number {
        pub key: gleaner_str,
        pub value: f64,
    }
    #[repr(C)]
    pub struct gleaner_stamp {
        pub magic: [u8; 16],
        pub byte_order: u32,
        pub abi_major: u32,
        pub abi_minor: u32,
        pub min_host_minor: u32,
        pub pointer_bits: u32,
        pub reserved: u32,
        pub arch: [u8; 16],
        pub zero: [u8; 8],
    }
    #[repr(C)]
    pub struct gleaner_paper {
        pub size: u64,
        pub id: gleaner_str,
        pub title: gleaner_str,
        pub r#abstract: gleaner_str,
        pub url: gleaner_str,
        pub doi: gleaner_str,
        pub published: gleaner_str,
        pub journal: gleaner_str,
        pub license: gleaner_str,
        pub authors: *const gleaner_str,
        pub author_count: u64,
        pub affiliations: *const gleaner_str,
        pub categories: *const gleaner_str,
        pub category_count: u64,
        pub sources: *const gleaner_str,
        pub source_count: u64,
        pub extras: *const gleaner_pair,
        pub extra_count: u64,
        pub version: u32,
        pub announce: u32,
    }
    #[repr(C)]
    pub struct gleaner_call {
        pub size: u64,
        pub context: *mut c_void,
        pub seed: u64,
        pub cancelled: extern "C" fn(*const gleaner_call) -> i32,
        pub fail: extern "C" fn(*const gleaner_call, i32, gleaner_str, gleaner_str) -> i32,
        pub progress: extern "C" fn(*const gleaner_call, u64, u64, gleaner_str),
        pub remaining_ms: i64,
        pub attempt: u32,
        pub dry_run: u32,
        pub date: gleaner_str,
    }
    #[repr(C)]
    pub struct gleaner_host {
        pub size: u64,
        pub context: *mut c_void,
        pub service: extern "C" fn(*const gleaner_host, gleaner_str) -> *const c_void,
        pub version: gleaner_str,
        pub abi_minor: u32,
        pub reserved: u32,
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_option {
        pub size: u64,
        pub name: gleaner_str,
        pub doc: gleaner_str,
        pub fallback: gleaner_str,
        pub example: gleaner_str,
        pub choices: *const gleaner_str,
        pub choice_count: u64,
        pub lowest: f64,
        pub highest: f64,
        pub r#type: u32,
        pub flags: u32,
    }
    #[repr(C)]
    pub struct gleaner_value {
        pub size: u64,
        pub name: gleaner_str,
        pub text: gleaner_str,
        pub integer: i64,
        pub number: f64,
        pub items: *const gleaner_str,
        pub item_count: u64,
        pub entries: *const gleaner_number,
        pub entry_count: u64,
        pub r#type: u32,
        pub given: u32,
    }
    #[repr(C)]
    pub struct gleaner_config {
        pub size: u64,
        pub instance: gleaner_str,
        pub pipeline: gleaner_str,
        pub contact: gleaner_str,
        pub values: *const gleaner_value,
        pub value_count: u64,
        pub value_stride: u64,
    }
    #[repr(C)]
    pub struct gleaner_day {
        pub size: u64,
        pub date: gleaner_str,
        pub today: gleaner_str,
        pub explicit_date: u32,
        pub reserved: u32,
        pub holidays: *const gleaner_str,
        pub holiday_count: u64,
    }
    #[repr(C)]
    pub struct gleaner_sink {
        pub size: u64,
        pub context: *mut c_void,
        pub dated: extern "C" fn(*const gleaner_sink, gleaner_str, gleaner_str) -> i32,
        pub push: extern "C" fn(*const gleaner_sink, *const gleaner_paper, u64, u64) -> i32,
        pub adopt: extern "C" fn(
            *const gleaner_sink,
            *const gleaner_paper,
            u64,
            u64,
            Option<extern "C" fn(*mut c_void)>,
            *mut c_void,
        ) -> i32,
    }
    #[repr(C)]
    pub struct gleaner_source {
        pub size: u64,
        pub fetch: extern "C" fn(*mut c_void, *const gleaner_call, *const gleaner_day, *const gleaner_sink) -> i32,
        pub health: Option<extern "C" fn(*mut c_void, *const gleaner_call) -> i32>,
    }
    #[repr(C)]
    pub struct gleaner_batch {
        pub size: u64,
        pub context: *mut c_void,
        pub papers: *const *const gleaner_paper,
        pub count: u64,
        pub verdicts: *mut u8,
        pub totals: *mut f64,
        pub axes: *const *mut f64,
        pub axis_count: u64,
        pub reason: extern "C" fn(*const gleaner_batch, u64, gleaner_str),
        pub annotate: extern "C" fn(*const gleaner_batch, u64, gleaner_str, gleaner_str),
    }
    #[repr(C)]
    pub struct gleaner_stage {
        pub size: u64,
        pub judge: extern "C" fn(*mut c_void, *const gleaner_call, *const gleaner_batch) -> i32,
        pub health: Option<extern "C" fn(*mut c_void, *const gleaner_call) -> i32>,
        pub estimate: Option<extern "C" fn(*mut c_void, *const gleaner_call, *const gleaner_batch) -> i32>,
    }
    #[repr(C)]
    pub struct gleaner_entry {
        pub size: u64,
        pub paper: *const gleaner_paper,
        pub total: f64,
        pub scores: *const gleaner_number,
        pub score_count: u64,
        pub comment: gleaner_str,
        pub summary: gleaner_str,
        pub flag: gleaner_str,
        pub decided_by: gleaner_str,
    }
    #[repr(C)]
    pub struct gleaner_digest {
        pub size: u64,
        pub title: gleaner_str,
        pub date: gleaner_str,
        pub pipeline: gleaner_str,
        pub json: gleaner_str,
        pub papers: *const *const gleaner_entry,
        pub paper_count: u64,
        pub unscored: *const *const gleaner_entry,
        pub unscored_count: u64,
        pub key: gleaner_str,
        pub announced: u64,
        pub scanned: u64,
        pub complete: u32,
        pub attempt: u32,
    }
    type Begin = extern "C" fn(*mut c_void, *const gleaner_call, *const gleaner_digest) -> i32;
    type Write = extern "C" fn(*mut c_void, *const gleaner_call, *const *const gleaner_entry, u64) -> i32;
    #[repr(C)]
    pub struct gleaner_output {
        pub size: u64,
        pub deliver: Option<Begin>,
        pub health: Option<extern "C" fn(*mut c_void, *const gleaner_call) -> i32>,
        pub begin: Option<Begin>,
        pub write: Option<Write>,
        pub end: Option<extern "C" fn(*mut c_void, *const gleaner_call, i32) -> i32>,
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_axis {
        pub size: u64,
        pub name: gleaner_str,
        pub doc: gleaner_str,
        pub lowest: f64,
        pub highest: f64,
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct gleaner_need {
        pub size: u64,
        pub name: gleaner_str,
        pub doc: gleaner_str,
        pub kind: u32,
        pub reserved: u32,
    }
    #[repr(C)]
    pub struct gleaner_politeness {
        pub size: u64,
        pub group: gleaner_str,
        pub wrong_bodies: *const gleaner_str,
        pub wrong_body_count: u64,
        pub throttle_statuses: *const i32,
        pub throttle_status_count: u64,
        pub interval_ms: u32,
        pub connections: u32,
        pub final_words: *const gleaner_str,
        pub final_word_count: u64,
    }
    #[repr(C)]
    pub struct gleaner_calendar {
        pub size: u64,
        pub time_zone: gleaner_str,
        pub holidays: *const gleaner_str,
        pub holiday_count: u64,
        pub weekdays: u32,
        pub reserved: u32,
    }
    #[repr(C)]
    pub struct gleaner_component {
        pub size: u64,
        pub name: gleaner_str,
        pub version: gleaner_str,
        pub summary: gleaner_str,
        pub documentation: gleaner_str,
        pub options: *const gleaner_option,
        pub option_count: u64,
        pub option_stride: u64,
        pub axes: *const gleaner_axis,
        pub axis_count: u64,
        pub axis_stride: u64,
        pub needs: *const gleaner_need,
        pub need_count: u64,
        pub need_stride: u64,
        pub politeness: *const gleaner_politeness,
        pub calendar: *const gleaner_calendar,
        pub functions: *const c_void,
        pub create: extern "C" fn(*const gleaner_host, *const gleaner_call, *const gleaner_config, *mut *mut c_void) -> i32,
        pub destroy: extern "C" fn(*mut c_void),
        pub kind: u32,
        pub capabilities: u32,
        pub batch: u32,
        pub reserved: u32,
        pub homepage: gleaner_str,
    }
    #[repr(C)]
    pub struct gleaner_plugin {
        pub size: u64,
        pub abi_minor: u32,
        pub min_host_minor: u32,
        pub stamp: *const gleaner_stamp,
        pub name: gleaner_str,
        pub version: gleaner_str,
        pub author: gleaner_str,
        pub license: gleaner_str,
        pub components: *const gleaner_component,
        pub component_count: u64,
        pub component_stride: u64,
    }
    /// gleaner/ext/log.h
    #[repr(C)]
    pub struct gleaner_log {
        pub size: u64,
        pub write: extern "C" fn(*const gleaner_host, u32, gleaner_str),
    }
    /// gleaner/ext/file.h
    #[repr(C)]
    pub struct gleaner_file {
        pub size: u64,
        pub open: extern "C" fn(*const gleaner_host, *const gleaner_call, gleaner_str, *mut u64) -> i32,
        pub write: extern "C" fn(*const gleaner_host, *const gleaner_call, u64, gleaner_str) -> i32,
        pub commit: extern "C" fn(*const gleaner_host, *const gleaner_call, u64) -> i32,
        pub abandon: extern "C" fn(*const gleaner_host, u64),
    }

    // Constants: what their pointers lead to is 'static and never written.
    unsafe impl Sync for gleaner_plugin {}
    unsafe impl Sync for gleaner_stamp {}
}

use abi::*;

// ---- Texts across the line

/// A borrowed text for the other side.
pub const fn text(words: &str) -> gleaner_str {
    gleaner_str { data: words.as_ptr(), size: words.len() as u64 }
}

/// # Safety
/// `from` must be valid for 'a. The host promises UTF-8; what is none reads as empty.
unsafe fn view<'a>(from: gleaner_str) -> &'a str {
    std::str::from_utf8(slice(from.data, from.size)).unwrap_or("")
}

/// # Safety
/// `first` leads to `count` elements that are valid for 'a, or count is 0.
unsafe fn slice<'a, T>(first: *const T, count: u64) -> &'a [T] {
    if count == 0 { &[] } else { std::slice::from_raw_parts(first, count as usize) }
}

/// # Safety
/// As slice() of gleaner_str.
unsafe fn views<'a>(first: *const gleaner_str, count: u64) -> impl Iterator<Item = &'a str> {
    slice(first, count).iter().map(|item| view(*item))
}

// ---- What an author meets

/// What went wrong, as a sentence for a person: what happened, where, what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    pub status: i32,
    /// A JSON pointer into the component's table of the pipeline file, "/words/1": the host shows its line. Or empty.
    pub option: String,
    pub message: String,
}

impl Error {
    pub fn new(message: impl Into<String>) -> Error {
        Error { status: FAILED, option: String::new(), message: message.into() }
    }
    /// An option has a value that cannot be used.
    pub fn of_option(option: &str, message: impl Into<String>) -> Error {
        Error { status: INVALID, option: format!("/{}", option), message: message.into() }
    }
    /// Says NOT_FOUND, DENIED and the like (module abi) instead of FAILED.
    pub fn with_status(self, status: i32) -> Error {
        Error { status, ..self }
    }
    fn interrupted() -> Error {
        Error::new("The run was interrupted.").with_status(CANCELLED)
    }
    /// The service has called fail() already.
    fn said(status: i32) -> Error {
        Error { status, option: String::new(), message: String::new() }
    }
}

/// One option of a component. The host parses, checks and documents it by this.
#[repr(transparent)]
pub struct Field(gleaner_option);

impl Field {
    const fn new(kind: u32, name: &'static str, doc: &'static str) -> Field {
        let none = text("");
        Field(gleaner_option {
            size: std::mem::size_of::<gleaner_option>() as u64,
            name: text(name),
            doc: text(doc),
            fallback: none,
            example: none,
            choices: std::ptr::null(),
            choice_count: 0,
            lowest: 0.0,
            highest: 0.0,
            r#type: kind,
            flags: 0,
        })
    }
    pub const fn string(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_STRING, name, doc)
    }
    pub const fn integer(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_INTEGER, name, doc)
    }
    pub const fn number(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_NUMBER, name, doc)
    }
    pub const fn boolean(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_BOOLEAN, name, doc)
    }
    /// Texts.
    pub const fn list(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_LIST, name, doc)
    }
    /// "30s"; Settings::integer gives milliseconds.
    pub const fn duration(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_DURATION, name, doc)
    }
    /// Made absolute by the host; "-" is standard input or output.
    pub const fn path(name: &'static str, doc: &'static str) -> Field {
        Field::new(TYPE_PATH, name, doc)
    }
    /// One of some words: `Field::choice("drop", "…", &[text("with"), text("without")])`.
    pub const fn choice(name: &'static str, doc: &'static str, words: &'static [gleaner_str]) -> Field {
        let mut out = Field::new(TYPE_ENUM, name, doc);
        out.0.choices = words.as_ptr();
        out.0.choice_count = words.len() as u64;
        out
    }
    pub const fn required(mut self) -> Field {
        self.0.flags |= OPTION_REQUIRED;
        self
    }
    /// The default as written in a pipeline file; strings, paths and durations without quotes.
    pub const fn fallback(mut self, written: &'static str) -> Field {
        self.0.fallback = text(written);
        self
    }
    /// A value for sample configurations, written like a fallback.
    pub const fn example(mut self, written: &'static str) -> Field {
        self.0.example = text(written);
        self
    }
    /// Inclusive; milliseconds for a duration.
    pub const fn within(mut self, lowest: f64, highest: f64) -> Field {
        self.0.lowest = lowest;
        self.0.highest = highest;
        self.0.flags |= OPTION_BOUNDED;
        self
    }
}

/// A number a stage gives each paper.
#[repr(transparent)]
pub struct Axis(gleaner_axis);

impl Axis {
    pub const fn new(name: &'static str, doc: &'static str, lowest: f64, highest: f64) -> Axis {
        Axis(gleaner_axis {
            size: std::mem::size_of::<gleaner_axis>() as u64,
            name: text(name),
            doc: text(doc),
            lowest,
            highest,
        })
    }
}

/// Something a component needs from outside: `describe` shows it, and the host holds the component to it.
#[repr(transparent)]
pub struct Need(gleaner_need);

impl Need {
    pub const fn host(name: &'static str, doc: &'static str) -> Need {
        Need::new(1, name, doc)
    }
    pub const fn secret(name: &'static str, doc: &'static str) -> Need {
        Need::new(2, name, doc)
    }
    pub const fn file(name: &'static str, doc: &'static str) -> Need {
        Need::new(3, name, doc)
    }
    const fn new(kind: u32, name: &'static str, doc: &'static str) -> Need {
        let size = std::mem::size_of::<gleaner_need>() as u64;
        Need(gleaner_need { size, name: text(name), doc: text(doc), kind, reserved: 0 })
    }
}

/// What a component says of itself.
pub struct About {
    pub name: &'static str,
    pub version: &'static str,
    pub summary: &'static str,
    /// Markdown.
    pub documentation: &'static str,
    pub homepage: &'static str,
    pub options: &'static [Field],
    pub axes: &'static [Axis],
    pub needs: &'static [Need],
    /// A stage's largest batch; 0: the host's choice.
    pub batch: u32,
}

impl About {
    pub const fn new(name: &'static str, version: &'static str) -> About {
        About { name, version, summary: "", documentation: "", homepage: "", options: &[], axes: &[], needs: &[], batch: 0 }
    }
}

pub trait Component: Sized + Send {
    const ABOUT: About;
    /// Makes an instance, or says which option cannot work. No network, no file written: `gleaner lint` does this, too.
    fn create(settings: &Settings) -> Result<Self, Error>;
}

pub trait Source: Component {
    fn fetch(&mut self, call: &Call, day: &Day, sink: &mut Sink) -> Result<(), Error>;
}
pub trait Filter: Component {
    fn judge(&mut self, paper: &Paper) -> Result<Verdict, Error>;
}
pub trait Scorer: Component {
    fn score(&mut self, paper: &Paper) -> Result<Score, Error>;
}
/// Its text goes to the option `path`, which it must have.
pub trait Output: Component {
    fn render(&mut self, digest: &Digest) -> Result<String, Error>;
}

/// The checked options of the pipeline file, defaults among them.
pub struct Settings<'a> {
    raw: &'a gleaner_config,
}

impl<'a> Settings<'a> {
    /// The component's `name` in the pipeline.
    pub fn instance(&self) -> &'a str {
        unsafe { view(self.raw.instance) }
    }
    /// The pipeline's `contact`: whom a server may write to, or empty.
    pub fn contact(&self) -> &'a str {
        unsafe { view(self.raw.contact) }
    }
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }
    /// Of a string, a choice or a path. Empty when it is absent, as 0 and the empty list below.
    pub fn text(&self, name: &str) -> String {
        self.find(name).map_or_else(String::new, |value| unsafe { view(value.text) }.to_owned())
    }
    pub fn integer(&self, name: &str) -> i64 {
        self.find(name).map_or(0, |value| value.integer)
    }
    pub fn number(&self, name: &str) -> f64 {
        self.find(name).map_or(0.0, |value| value.number)
    }
    pub fn boolean(&self, name: &str) -> bool {
        self.integer(name) != 0
    }
    pub fn list(&self, name: &str) -> Vec<String> {
        self.find(name).map_or_else(Vec::new, |value| {
            unsafe { views(value.items, value.item_count) }.map(str::to_owned).collect()
        })
    }
    fn find(&self, name: &str) -> Option<&'a gleaner_value> {
        (0..self.raw.value_count).find_map(|i| {
            // The host's size of a value, which a later one may have let grow.
            let at = self.raw.values as usize + (i * self.raw.value_stride) as usize;
            let value = unsafe { &*(at as *const gleaner_value) };
            (unsafe { view(value.name) } == name).then(|| value)
        })
    }
}

/// Comes with a call into a component.
pub struct Call<'a> {
    raw: &'a gleaner_call,
}

impl<'a> Call<'a> {
    /// The run is being interrupted. `call.go_on()?` now and then ends a long loop in time.
    pub fn cancelled(&self) -> bool {
        (self.raw.cancelled)(self.raw) != 0
    }
    pub fn go_on(&self) -> Result<(), Error> {
        if self.cancelled() { Err(Error::interrupted()) } else { Ok(()) }
    }
    /// The only source of chance: the same for the same run and component.
    pub fn seed(&self) -> u64 {
        self.raw.seed
    }
    /// Nothing that costs, sends or writes may be done.
    pub fn dry_run(&self) -> bool {
        self.raw.dry_run != 0
    }
    /// For a terminal; total 0 when unknown.
    pub fn progress(&self, done: u64, total: u64, what: &str) {
        (self.raw.progress)(self.raw, done, total, text(what))
    }
    /// The announcement date of the run, or empty.
    pub fn date(&self) -> &'a str {
        let known = self.raw.size as usize >= std::mem::size_of::<gleaner_call>();
        if known { unsafe { view(self.raw.date) } } else { "" }
    }
}

/// The day a source is asked for.
pub struct Day<'a> {
    raw: &'a gleaner_day,
}

impl<'a> Day<'a> {
    /// "YYYY-MM-DD", or empty: whatever the source has now.
    pub fn date(&self) -> &'a str {
        unsafe { view(self.raw.date) }
    }
    pub fn today(&self) -> &'a str {
        unsafe { view(self.raw.today) }
    }
    /// The reader named the date: another day's papers must not be taken for it.
    pub fn is_explicit(&self) -> bool {
        self.raw.explicit_date != 0
    }
}

/// A paper being made by a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPaper {
    /// Canonical: arXiv "2505.01557", else "doi:10…", "pmid:…", "url:…".
    pub id: String,
    pub title: String,
    pub abstract_text: String,
    pub url: String,
    pub doi: String,
    /// "YYYY-MM-DD"
    pub published: String,
    pub authors: Vec<String>,
    /// The first is the primary one.
    pub categories: Vec<String>,
}

/// Where a source puts papers.
pub struct Sink<'a> {
    raw: &'a gleaner_sink,
}

impl<'a> Sink<'a> {
    /// The announcement date of what comes, and where it was read (URL or file).
    pub fn dated(&mut self, date: &str, origin: &str) -> Result<(), Error> {
        Sink::checked((self.raw.dated)(self.raw, text(date), text(origin)))
    }
    /// Copies the paper. Waits while the host is busy.
    pub fn push(&mut self, paper: &NewPaper) -> Result<(), Error> {
        let authors: Vec<gleaner_str> = paper.authors.iter().map(|name| text(name)).collect();
        let categories: Vec<gleaner_str> = paper.categories.iter().map(|name| text(name)).collect();
        let raw = gleaner_paper {
            id: text(&paper.id),
            title: text(&paper.title),
            r#abstract: text(&paper.abstract_text),
            url: text(&paper.url),
            doi: text(&paper.doi),
            published: text(&paper.published),
            authors: authors.as_ptr(),
            author_count: authors.len() as u64,
            categories: categories.as_ptr(),
            category_count: categories.len() as u64,
            ..NO_PAPER
        };
        Sink::checked((self.raw.push)(self.raw, &raw, 1, raw.size))
    }
    fn checked(status: i32) -> Result<(), Error> {
        if status == OK { Ok(()) } else { Err(Error::said(status)) }
    }
}

const NO_PAPER: gleaner_paper = gleaner_paper {
    size: std::mem::size_of::<gleaner_paper>() as u64,
    id: text(""),
    title: text(""),
    r#abstract: text(""),
    url: text(""),
    doi: text(""),
    published: text(""),
    journal: text(""),
    license: text(""),
    authors: std::ptr::null(),
    author_count: 0,
    affiliations: std::ptr::null(),
    categories: std::ptr::null(),
    category_count: 0,
    sources: std::ptr::null(),
    source_count: 0,
    extras: std::ptr::null(),
    extra_count: 0,
    version: 0,
    announce: 0,
};

/// One paper, read only.
pub struct Paper<'a> {
    raw: &'a gleaner_paper,
}

impl<'a> Paper<'a> {
    pub fn id(&self) -> &'a str {
        unsafe { view(self.raw.id) }
    }
    pub fn title(&self) -> &'a str {
        unsafe { view(self.raw.title) }
    }
    pub fn abstract_text(&self) -> &'a str {
        unsafe { view(self.raw.r#abstract) }
    }
    pub fn url(&self) -> &'a str {
        unsafe { view(self.raw.url) }
    }
    pub fn doi(&self) -> &'a str {
        unsafe { view(self.raw.doi) }
    }
    pub fn published(&self) -> &'a str {
        unsafe { view(self.raw.published) }
    }
    pub fn authors(&self) -> impl Iterator<Item = &'a str> {
        unsafe { views(self.raw.authors, self.raw.author_count) }
    }
    /// The first is the primary one.
    pub fn categories(&self) -> impl Iterator<Item = &'a str> {
        unsafe { views(self.raw.categories, self.raw.category_count) }
    }
}

/// What a filter says of one paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Pass,
    /// Out; papers with the same reason are one row of the receipt.
    Drop(String),
    /// In, past all other stages and cut-offs: its total and a comment.
    Pick(f64, String),
}

/// What a scorer says of one paper: a number an axis, in declared order (NaN: unscored), and a comment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    pub axes: Vec<f64>,
    pub comment: String,
}

impl Score {
    /// Of a scorer with one axis.
    pub fn of(value: f64) -> Score {
        Score { axes: vec![value], comment: String::new() }
    }
}

/// A selected paper.
pub struct Entry<'a> {
    raw: &'a gleaner_entry,
}

impl<'a> Entry<'a> {
    pub fn paper(&self) -> Paper<'a> {
        Paper { raw: unsafe { &*self.raw.paper } }
    }
    /// NaN when there is none.
    pub fn total(&self) -> f64 {
        self.raw.total
    }
    pub fn scores(&self) -> impl Iterator<Item = (&'a str, f64)> {
        unsafe { slice(self.raw.scores, self.raw.score_count) }.iter().map(|one| (unsafe { view(one.key) }, one.value))
    }
    pub fn comment(&self) -> &'a str {
        unsafe { view(self.raw.comment) }
    }
    pub fn summary(&self) -> &'a str {
        unsafe { view(self.raw.summary) }
    }
}

/// What an output delivers.
pub struct Digest<'a> {
    raw: &'a gleaner_digest,
}

impl<'a> Digest<'a> {
    pub fn title(&self) -> &'a str {
        unsafe { view(self.raw.title) }
    }
    pub fn date(&self) -> &'a str {
        unsafe { view(self.raw.date) }
    }
    /// All of it, as JSON of schema gleaner.digest/1.
    pub fn json(&self) -> &'a str {
        unsafe { view(self.raw.json) }
    }
    /// The selected papers, in order.
    pub fn papers(&self) -> impl Iterator<Item = Entry<'a>> {
        unsafe { slice(self.raw.papers, self.raw.paper_count) }.iter().map(|entry| Entry { raw: unsafe { &**entry } })
    }
}

/// What the host offers one instance. It may be used from any thread.
#[derive(Clone, Copy)]
pub struct Host {
    raw: *const gleaner_host,
}
unsafe impl Send for Host {}

impl Host {
    /// A service's table, gleaner/ext/NAME.h; NULL when this host has none of that id.
    pub fn service<Table>(&self, id: &str) -> *const Table {
        unsafe { ((*self.raw).service)(self.raw, text(id)) as *const Table }
    }
    fn write_file(&self, call: &gleaner_call, path: &str, bytes: &str) -> Result<(), Error> {
        let files = unsafe { self.service::<gleaner_file>("gleaner.file/1").as_ref() };
        let files = files.ok_or_else(|| Error::new("This host has no service gleaner.file/1.").with_status(UNSUPPORTED))?;
        let mut handle = 0;
        Sink::checked((files.open)(self.raw, call, text(path), &mut handle))?;
        let status = (files.write)(self.raw, call, handle, text(bytes));
        if status != OK {
            (files.abandon)(self.raw, handle);
            return Err(Error::said(status));
        }
        Sink::checked((files.commit)(self.raw, call, handle))
    }
}

// ---- What the host calls

/// One instance: the author's part, the host, and the path of an output.
struct Instance<T> {
    part: T,
    host: Host,
    path: String,
}

/// Every entry: an Err and a panic become a status, after fail() where nothing was said yet.
fn guarded(call: &gleaner_call, act: impl FnOnce() -> Result<(), Error>) -> i32 {
    let error = match catch_unwind(AssertUnwindSafe(act)) {
        Ok(Ok(())) => return OK,
        Ok(Err(error)) => error,
        Err(payload) => Error::new(format!("The plugin panicked: {}.", panic_words(&*payload))),
    };
    if error.message.is_empty() {
        return error.status;
    }
    (call.fail)(call, error.status, text(&error.option), text(&error.message))
}

fn panic_words(payload: &(dyn Any + Send)) -> &str {
    let fixed = payload.downcast_ref::<&str>().copied();
    fixed.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

extern "C" fn create<T: Component>(
    host: *const gleaner_host,
    call: *const gleaner_call,
    config: *const gleaner_config,
    instance: *mut *mut c_void,
) -> i32 {
    let (call, settings) = unsafe { (&*call, Settings { raw: &*config }) };
    guarded(call, || {
        let part = T::create(&settings)?;
        let made = Box::new(Instance { part, host: Host { raw: host }, path: settings.text("path") });
        unsafe { *instance = Box::into_raw(made) as *mut c_void };
        Ok(())
    })
}

extern "C" fn destroy<T: Component>(instance: *mut c_void) {
    if instance.is_null() {
        return;
    }
    // Nobody can be told of a panic here; it must not leave all the same.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(unsafe { Box::from_raw(instance as *mut Instance<T>) })));
}

extern "C" fn fetch<T: Source>(
    instance: *mut c_void,
    call: *const gleaner_call,
    day: *const gleaner_day,
    sink: *const gleaner_sink,
) -> i32 {
    let (own, call) = unsafe { (&mut *(instance as *mut Instance<T>), &*call) };
    let (day, mut sink) = unsafe { (Day { raw: &*day }, Sink { raw: &*sink }) };
    guarded(call, || own.part.fetch(&Call { raw: call }, &day, &mut sink))
}

/// Papers of a batch one after the other, until all are through or the run is interrupted.
fn each_paper(call: &gleaner_call, batch: &gleaner_batch, mut act: impl FnMut(u64, &Paper) -> Result<(), Error>) -> i32 {
    guarded(call, || {
        for (i, paper) in unsafe { slice(batch.papers, batch.count) }.iter().enumerate() {
            Call { raw: call }.go_on()?;
            act(i as u64, &Paper { raw: unsafe { &**paper } })?;
        }
        Ok(())
    })
}

extern "C" fn judge<T: Filter>(instance: *mut c_void, call: *const gleaner_call, batch: *const gleaner_batch) -> i32 {
    let (own, call, batch) = unsafe { (&mut *(instance as *mut Instance<T>), &*call, &*batch) };
    each_paper(call, batch, |i, paper| {
        let verdict = own.part.judge(paper)?;
        let at = i as usize;
        match &verdict {
            Verdict::Pass => {}
            Verdict::Drop(reason) => {
                unsafe { *batch.verdicts.add(at) = DROP };
                (batch.reason)(batch, i, text(reason));
            }
            Verdict::Pick(total, comment) => {
                unsafe {
                    *batch.verdicts.add(at) = PICK;
                    *batch.totals.add(at) = *total;
                }
                (batch.reason)(batch, i, text(comment));
                (batch.annotate)(batch, i, text("comment"), text(comment));
            }
        }
        Ok(())
    })
}

extern "C" fn score<T: Scorer>(instance: *mut c_void, call: *const gleaner_call, batch: *const gleaner_batch) -> i32 {
    let (own, call, batch) = unsafe { (&mut *(instance as *mut Instance<T>), &*call, &*batch) };
    let axes = unsafe { slice(batch.axes, batch.axis_count) };
    each_paper(call, batch, |i, paper| {
        let score = own.part.score(paper)?;
        for (axis, value) in axes.iter().zip(&score.axes) {
            unsafe { *axis.add(i as usize) = *value };
        }
        if !score.comment.is_empty() {
            (batch.annotate)(batch, i, text("comment"), text(&score.comment));
        }
        Ok(())
    })
}

extern "C" fn deliver<T: Output>(instance: *mut c_void, call: *const gleaner_call, digest: *const gleaner_digest) -> i32 {
    let (own, call, digest) = unsafe { (&mut *(instance as *mut Instance<T>), &*call, Digest { raw: &*digest }) };
    guarded(call, || {
        let page = own.part.render(&digest)?;
        if call.dry_run != 0 {
            return Ok(()); // nothing may be written
        }
        own.host.write_file(call, &own.path, &page)
    })
}

// ---- Descriptors

const fn component<T: Component>(kind: u32, functions: *const c_void) -> gleaner_component {
    gleaner_component {
        size: std::mem::size_of::<gleaner_component>() as u64,
        name: text(T::ABOUT.name),
        version: text(T::ABOUT.version),
        summary: text(T::ABOUT.summary),
        documentation: text(T::ABOUT.documentation),
        options: T::ABOUT.options.as_ptr() as *const gleaner_option,
        option_count: T::ABOUT.options.len() as u64,
        option_stride: std::mem::size_of::<Field>() as u64,
        axes: T::ABOUT.axes.as_ptr() as *const gleaner_axis,
        axis_count: T::ABOUT.axes.len() as u64,
        axis_stride: std::mem::size_of::<Axis>() as u64,
        needs: T::ABOUT.needs.as_ptr() as *const gleaner_need,
        need_count: T::ABOUT.needs.len() as u64,
        need_stride: std::mem::size_of::<Need>() as u64,
        politeness: std::ptr::null(),
        calendar: std::ptr::null(),
        functions,
        create: create::<T>,
        destroy: destroy::<T>,
        kind,
        capabilities: 0,
        batch: T::ABOUT.batch,
        reserved: 0,
        homepage: text(T::ABOUT.homepage),
    }
}

/// The descriptors of a component, by the kind it is taken for.
pub struct Described<T>(PhantomData<T>);

impl<T: Source> Described<T> {
    const FETCHES: gleaner_source =
        gleaner_source { size: std::mem::size_of::<gleaner_source>() as u64, fetch: fetch::<T>, health: None };
    pub const SOURCE: gleaner_component = component::<T>(SOURCE, &Self::FETCHES as *const _ as *const c_void);
}
impl<T: Filter> Described<T> {
    const JUDGES: gleaner_stage = stage(judge::<T>);
    pub const FILTER: gleaner_component = component::<T>(FILTER, &Self::JUDGES as *const _ as *const c_void);
}
impl<T: Scorer> Described<T> {
    const SCORES: gleaner_stage = stage(score::<T>);
    pub const SCORER: gleaner_component = component::<T>(SCORER, &Self::SCORES as *const _ as *const c_void);
}
impl<T: Output> Described<T> {
    const DELIVERS: gleaner_output = gleaner_output {
        size: std::mem::size_of::<gleaner_output>() as u64,
        deliver: Some(deliver::<T>),
        health: None,
        begin: None,
        write: None,
        end: None,
    };
    pub const OUTPUT: gleaner_component = component::<T>(OUTPUT, &Self::DELIVERS as *const _ as *const c_void);
}

const fn stage(act: extern "C" fn(*mut c_void, *const gleaner_call, *const gleaner_batch) -> i32) -> gleaner_stage {
    gleaner_stage { size: std::mem::size_of::<gleaner_stage>() as u64, judge: act, health: None, estimate: None }
}

const fn padded<const N: usize>(words: &str) -> [u8; N] {
    let mut out = [0; N];
    let mut i = 0;
    while i < words.len() {
        out[i] = words.as_bytes()[i];
        i += 1;
    }
    out
}

#[cfg(target_arch = "x86_64")]
const ARCH: &str = "x86_64";
#[cfg(target_arch = "aarch64")]
const ARCH: &str = "aarch64";
#[cfg(target_arch = "riscv64")]
const ARCH: &str = "riscv64";
#[cfg(all(target_arch = "powerpc64", target_endian = "little"))]
const ARCH: &str = "ppc64le";
#[cfg(target_arch = "s390x")]
const ARCH: &str = "s390x";

/// The record the host reads before it opens the file; the lowest host minor is 0.
pub const STAMP: gleaner_stamp = gleaner_stamp {
    magic: padded("\x7fGLEANER.STAMP\n"),
    byte_order: 0x0102_0304,
    abi_major: 1,
    abi_minor: ABI_MINOR,
    min_host_minor: 0,
    pointer_bits: 64,
    reserved: 0,
    arch: padded(ARCH),
    zero: [0; 8],
};

/// The whole plugin: `plugin!("words", "0.1.0", scorer Words);`, with several components `scorer Words, filter NoWords`.
macro_rules! export_plugin {
    ($name:literal, $version:literal, $($kind:ident $part:ty),+ $(,)?) => {
        const GLEANER_COMPONENTS: &[$crate::gleaner::abi::gleaner_component] =
            &[$($crate::gleaner::described!($kind $part)),+];

        #[used]
        #[link_section = ".gleaner_stamp"]
        static GLEANER_STAMP: $crate::gleaner::abi::gleaner_stamp = $crate::gleaner::STAMP;

        #[no_mangle]
        #[allow(non_upper_case_globals)]
        pub static gleaner_plugin_v1: $crate::gleaner::abi::gleaner_plugin = $crate::gleaner::abi::gleaner_plugin {
            size: std::mem::size_of::<$crate::gleaner::abi::gleaner_plugin>() as u64,
            abi_minor: $crate::gleaner::abi::ABI_MINOR,
            min_host_minor: 0,
            stamp: &GLEANER_STAMP,
            name: $crate::gleaner::text($name),
            version: $crate::gleaner::text($version),
            author: $crate::gleaner::text(""),
            license: $crate::gleaner::text(""),
            components: GLEANER_COMPONENTS.as_ptr(),
            component_count: GLEANER_COMPONENTS.len() as u64,
            component_stride: std::mem::size_of::<$crate::gleaner::abi::gleaner_component>() as u64,
        };
    };
}
macro_rules! described {
    (source $part:ty) => { $crate::gleaner::Described::<$part>::SOURCE };
    (filter $part:ty) => { $crate::gleaner::Described::<$part>::FILTER };
    (scorer $part:ty) => { $crate::gleaner::Described::<$part>::SCORER };
    (output $part:ty) => { $crate::gleaner::Described::<$part>::OUTPUT };
}
pub(crate) use {described, export_plugin as plugin};

// ---- A fake host for `cargo test`

/// Calls a component as a host does, through its descriptor. Defaults are the host's to apply: give every option.
///
///     let judged = fake::score::<Words>(&[("words", fake::list(&["moe"]))], &[fake::paper("1", "Sparse moe")]).unwrap();
///     assert_eq!(judged[0].axes, [8.0]);
#[cfg(test)]
pub mod fake {
    use super::*;
    use std::cell::RefCell;

    /// An option's value.
    pub enum Given {
        Text(String),
        Integer(i64),
        Number(f64),
        List(Vec<String>),
    }
    pub fn words(value: &str) -> Given {
        Given::Text(value.to_owned())
    }
    pub fn list(values: &[&str]) -> Given {
        Given::List(values.iter().map(|one| one.to_string()).collect())
    }
    /// With an address, and nothing else.
    pub fn paper(id: &str, title: &str) -> NewPaper {
        let url = format!("https://example.org/{}", id);
        NewPaper { id: id.to_owned(), title: title.to_owned(), url, ..NewPaper::default() }
    }

    /// What was written of one paper.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Judged {
        pub verdict: Verdict,
        pub axes: Vec<f64>,
        pub comment: String,
    }

    pub fn fetch<T: Source>(options: &[(&str, Given)]) -> Result<Vec<NewPaper>, Error> {
        let papers = RefCell::new(Vec::new());
        let sink = gleaner_sink {
            size: std::mem::size_of::<gleaner_sink>() as u64,
            context: &papers as *const _ as *mut c_void,
            dated: take_date,
            push: take_paper,
            adopt: take_nothing,
        };
        let day = gleaner_day {
            size: std::mem::size_of::<gleaner_day>() as u64,
            date: text(""),
            today: text("2025-05-20"),
            explicit_date: 0,
            reserved: 0,
            holidays: std::ptr::null(),
            holiday_count: 0,
        };
        with_instance(&Described::<T>::SOURCE, options, &Files::default(), |functions: &gleaner_source, own, call| {
            (functions.fetch)(own, call, &day, &sink)
        })?;
        Ok(papers.into_inner())
    }

    pub fn judge<T: Filter>(options: &[(&str, Given)], papers: &[NewPaper]) -> Result<Vec<Judged>, Error> {
        run_stage(&Described::<T>::FILTER, options, papers)
    }
    pub fn score<T: Scorer>(options: &[(&str, Given)], papers: &[NewPaper]) -> Result<Vec<Judged>, Error> {
        run_stage(&Described::<T>::SCORER, options, papers)
    }

    /// The text an output writes to its `path`.
    pub fn render<T: Output>(options: &[(&str, Given)], title: &str, date: &str, papers: &[NewPaper]) -> Result<String, Error> {
        let raw: Vec<gleaner_paper> = papers.iter().map(borrowed).collect();
        let entries: Vec<gleaner_entry> = raw.iter().map(entry).collect();
        let list: Vec<*const gleaner_entry> = entries.iter().map(|one| one as *const _).collect();
        let digest = gleaner_digest {
            size: std::mem::size_of::<gleaner_digest>() as u64,
            title: text(title),
            date: text(date),
            pipeline: text("test"),
            json: text("{}"),
            papers: list.as_ptr(),
            paper_count: list.len() as u64,
            unscored: std::ptr::null(),
            unscored_count: 0,
            key: text("test-key"),
            announced: list.len() as u64,
            scanned: list.len() as u64,
            complete: 1,
            attempt: 1,
        };
        let files = Files::default();
        with_instance(&Described::<T>::OUTPUT, options, &files, |functions: &gleaner_output, own, call| {
            functions.deliver.expect("an output delivers")(own, call, &digest)
        })?;
        let committed = files.committed.into_inner();
        committed.ok_or_else(|| Error::new("The output committed no file."))
    }

    fn entry(paper: &gleaner_paper) -> gleaner_entry {
        gleaner_entry {
            size: std::mem::size_of::<gleaner_entry>() as u64,
            paper,
            total: f64::NAN,
            scores: std::ptr::null(),
            score_count: 0,
            comment: text(""),
            summary: text(""),
            flag: text(""),
            decided_by: text(""),
        }
    }

    /// Without authors and categories, whose arrays nobody would own.
    fn borrowed(from: &NewPaper) -> gleaner_paper {
        gleaner_paper {
            id: text(&from.id),
            title: text(&from.title),
            r#abstract: text(&from.abstract_text),
            url: text(&from.url),
            doi: text(&from.doi),
            published: text(&from.published),
            ..NO_PAPER
        }
    }

    // -- The call

    extern "C" fn never(_: *const gleaner_call) -> i32 {
        0
    }
    extern "C" fn note_failure(call: *const gleaner_call, status: i32, option: gleaner_str, message: gleaner_str) -> i32 {
        let said = unsafe { &*((*call).context as *const RefCell<Option<Error>>) };
        let (option, message) = unsafe { (view(option).to_owned(), view(message).to_owned()) };
        *said.borrow_mut() = Some(Error { status, option, message });
        status
    }
    extern "C" fn no_progress(_: *const gleaner_call, _: u64, _: u64, _: gleaner_str) {}

    /// Creates, acts and destroys; the functions are those of the component's kind.
    fn with_instance<Table>(
        component: &gleaner_component,
        options: &[(&str, Given)],
        files: &Files,
        act: impl FnOnce(&Table, *mut c_void, &gleaner_call) -> i32,
    ) -> Result<(), Error> {
        let said: RefCell<Option<Error>> = RefCell::new(None);
        let call = gleaner_call {
            size: std::mem::size_of::<gleaner_call>() as u64,
            context: &said as *const _ as *mut c_void,
            seed: 1,
            cancelled: never,
            fail: note_failure,
            progress: no_progress,
            remaining_ms: i64::MAX,
            attempt: 1,
            dry_run: 0,
            date: text("2025-05-20"),
        };
        let host = gleaner_host {
            size: std::mem::size_of::<gleaner_host>() as u64,
            context: files as *const _ as *mut c_void,
            service,
            version: text("test"),
            abi_minor: ABI_MINOR,
            reserved: 0,
        };
        let lists: Vec<Vec<gleaner_str>> = options.iter().map(|(_, given)| items(given)).collect();
        let values: Vec<gleaner_value> =
            options.iter().zip(&lists).map(|((name, given), list)| value(name, given, list)).collect();
        let config = gleaner_config {
            size: std::mem::size_of::<gleaner_config>() as u64,
            instance: component.name,
            pipeline: text("test"),
            contact: text(""),
            values: values.as_ptr(),
            value_count: values.len() as u64,
            value_stride: std::mem::size_of::<gleaner_value>() as u64,
        };
        let mut own = std::ptr::null_mut();
        let mut status = (component.create)(&host, &call, &config, &mut own);
        if status == OK {
            status = act(unsafe { &*(component.functions as *const Table) }, own, &call);
            (component.destroy)(own);
        }
        let failure = said.borrow_mut().take();
        if status == OK { Ok(()) } else { Err(failure.unwrap_or_else(|| Error::said(status))) }
    }

    fn items(given: &Given) -> Vec<gleaner_str> {
        if let Given::List(all) = given { all.iter().map(|one| text(one)).collect() } else { Vec::new() }
    }
    fn value(name: &str, given: &Given, list: &[gleaner_str]) -> gleaner_value {
        let mut out = gleaner_value {
            size: std::mem::size_of::<gleaner_value>() as u64,
            name: text(name),
            text: text(""),
            integer: 0,
            number: 0.0,
            items: list.as_ptr(),
            item_count: list.len() as u64,
            entries: std::ptr::null(),
            entry_count: 0,
            r#type: TYPE_LIST,
            given: 1,
        };
        match given {
            Given::Text(words) => (out.r#type, out.text) = (TYPE_STRING, text(words)),
            Given::Integer(number) => (out.r#type, out.integer) = (TYPE_INTEGER, *number),
            Given::Number(number) => (out.r#type, out.number) = (TYPE_NUMBER, *number),
            Given::List(_) => {}
        }
        out
    }

    // -- Stages

    struct Notes {
        reasons: RefCell<Vec<String>>,
        comments: RefCell<Vec<String>>,
    }
    extern "C" fn note_reason(batch: *const gleaner_batch, i: u64, words: gleaner_str) {
        let notes = unsafe { &*((*batch).context as *const Notes) };
        notes.reasons.borrow_mut()[i as usize] = unsafe { view(words) }.to_owned();
    }
    extern "C" fn note_comment(batch: *const gleaner_batch, i: u64, key: gleaner_str, words: gleaner_str) {
        let notes = unsafe { &*((*batch).context as *const Notes) };
        if unsafe { view(key) } == "comment" {
            notes.comments.borrow_mut()[i as usize] = unsafe { view(words) }.to_owned();
        }
    }

    fn run_stage(component: &gleaner_component, options: &[(&str, Given)], papers: &[NewPaper]) -> Result<Vec<Judged>, Error> {
        let raw: Vec<gleaner_paper> = papers.iter().map(borrowed).collect();
        let list: Vec<*const gleaner_paper> = raw.iter().map(|one| one as *const _).collect();
        let notes = Notes {
            reasons: RefCell::new(vec![String::new(); list.len()]),
            comments: RefCell::new(vec![String::new(); list.len()]),
        };
        let mut verdicts = vec![PASS; list.len()];
        let mut totals = vec![f64::NAN; list.len()];
        let mut axes = vec![vec![f64::NAN; list.len()]; component.axis_count as usize];
        let columns: Vec<*mut f64> = axes.iter_mut().map(|one| one.as_mut_ptr()).collect();
        let batch = gleaner_batch {
            size: std::mem::size_of::<gleaner_batch>() as u64,
            context: &notes as *const _ as *mut c_void,
            papers: list.as_ptr(),
            count: list.len() as u64,
            verdicts: verdicts.as_mut_ptr(),
            totals: totals.as_mut_ptr(),
            axes: columns.as_ptr(),
            axis_count: columns.len() as u64,
            reason: note_reason,
            annotate: note_comment,
        };
        with_instance(component, options, &Files::default(), |functions: &gleaner_stage, own, call| {
            (functions.judge)(own, call, &batch)
        })?;
        let judged = (0..papers.len()).map(|i| Judged {
            verdict: match verdicts[i] {
                DROP => Verdict::Drop(notes.reasons.borrow()[i].clone()),
                PICK => Verdict::Pick(totals[i], notes.reasons.borrow()[i].clone()),
                _ => Verdict::Pass,
            },
            axes: axes.iter().map(|one| one[i]).collect(),
            comment: notes.comments.borrow()[i].clone(),
        });
        Ok(judged.collect())
    }

    // -- Sources

    extern "C" fn take_date(_: *const gleaner_sink, _: gleaner_str, _: gleaner_str) -> i32 {
        OK
    }
    extern "C" fn take_paper(sink: *const gleaner_sink, papers: *const gleaner_paper, count: u64, _: u64) -> i32 {
        let all = unsafe { &*((*sink).context as *const RefCell<Vec<NewPaper>>) };
        for raw in unsafe { slice(papers, count) } {
            let paper = Paper { raw };
            all.borrow_mut().push(NewPaper {
                id: paper.id().to_owned(),
                title: paper.title().to_owned(),
                abstract_text: paper.abstract_text().to_owned(),
                url: paper.url().to_owned(),
                doi: paper.doi().to_owned(),
                published: paper.published().to_owned(),
                authors: paper.authors().map(str::to_owned).collect(),
                categories: paper.categories().map(str::to_owned).collect(),
            });
        }
        OK
    }
    extern "C" fn take_nothing(
        _: *const gleaner_sink,
        _: *const gleaner_paper,
        _: u64,
        _: u64,
        _: Option<extern "C" fn(*mut c_void)>,
        _: *mut c_void,
    ) -> i32 {
        UNSUPPORTED
    }

    // -- Outputs

    /// One file at a time.
    #[derive(Default)]
    struct Files {
        open: RefCell<String>,
        committed: RefCell<Option<String>>,
    }
    fn files_of<'a>(host: *const gleaner_host) -> &'a Files {
        unsafe { &*((*host).context as *const Files) }
    }
    extern "C" fn service(_: *const gleaner_host, id: gleaner_str) -> *const c_void {
        const FILES: gleaner_file = gleaner_file {
            size: std::mem::size_of::<gleaner_file>() as u64,
            open: open_file,
            write: write_file,
            commit: commit_file,
            abandon: abandon_file,
        };
        if unsafe { view(id) } == "gleaner.file/1" { &FILES as *const _ as *const c_void } else { std::ptr::null() }
    }
    extern "C" fn open_file(host: *const gleaner_host, _: *const gleaner_call, _: gleaner_str, handle: *mut u64) -> i32 {
        files_of(host).open.borrow_mut().clear();
        unsafe { *handle = 1 };
        OK
    }
    extern "C" fn write_file(host: *const gleaner_host, _: *const gleaner_call, _: u64, bytes: gleaner_str) -> i32 {
        files_of(host).open.borrow_mut().push_str(unsafe { view(bytes) });
        OK
    }
    extern "C" fn commit_file(host: *const gleaner_host, _: *const gleaner_call, _: u64) -> i32 {
        *files_of(host).committed.borrow_mut() = Some(files_of(host).open.borrow().clone());
        OK
    }
    extern "C" fn abandon_file(_: *const gleaner_host, _: u64) {}
}
