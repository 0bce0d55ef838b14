//! Whole journeys: the real program driven through a real browser.
//!
//! A journey is a test in `tests/` that reads like a person's way through the screens:
//!
//! ```ignore
//! #[test]
//! fn a_clerk_opens_the_answer_sheet() {
//!     e2e::journey("answer-sheet", |browser| {
//!         let college = Program::start(&["demo", "--data", "{data}", "--listen", "127.0.0.1:{port}"])?;
//!         browser.goto(&college.url("/"))?;
//!         browser.click("a[href='/answer-sheet']")?;
//!         browser.wait_for("main h1")?;
//!         assert_eq!(browser.text("main h1")?, "答卷");
//!         browser.audit()
//!     });
//! }
//! ```
//!
//! The browser is Debian's Chromium through its `chromedriver`, spoken to by the WebDriver protocol (plain HTTP and
//! JSON), so that no other language and no second package manager is needed: `docs/decisions/browser-journeys.md`.

mod aria;
mod audit;
mod base64;
mod browser;
mod failure;
mod http;
mod journey;
mod leash;
mod program;
mod session;

pub use browser::Browser;
pub use failure::{Failure, Result};
pub use journey::{journey, journey_with};
pub use leash::Leashed;
pub use program::Program;
pub use session::Look;
