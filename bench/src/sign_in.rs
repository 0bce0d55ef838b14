//! How long a refused sign-in takes for a name that someone has and for one that nobody has: whoever measures must not
//! learn which names there are.

use crate::Fault;
use jc_app::accounts::NewAccount;
use jc_app::app::{App, Clock, Setup};
use jc_app::sign_in::Attempt;
use jc_app::{AppError, Person};
use jc_base::Instant;
use std::time::{Duration, Instant as Wall};

const PASSWORD: &str = "sieben Fluten 2024";
/// So many names of each kind; each is tried fewer times than slow it down.
const NAMES: usize = 40;
const TIMES: usize = 3;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Measures it.
pub fn run() -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let clock = Clock::Fixed(Instant(1_736_380_800_000));
    let app = App::open(Setup { data: folder.path().to_owned(), database: None, clock })?;
    let school = app.add_school("测试学院", true)?;
    let machine = Person::command_line(school);
    for n in 0..NAMES {
        let login = format!("known{n:02}");
        let new =
            NewAccount { name: login.clone(), login, roles: vec!["leadership".into()], office: None, ties: Vec::new() };
        app.administrator(&machine)?.create(&new, PASSWORD)?;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        for n in 0..NAMES {
            for (kind, times) in [("known", &mut known), ("stray", &mut unknown)] {
                let login = format!("{kind}{n:02}");
                let attempt = Attempt { login: &login, password: "not this one", ..Attempt::default() };
                let begun = Wall::now();
                let refused = app.sign_in(school, &attempt);
                times.push(begun.elapsed());
                if !matches!(refused, Err(AppError::SignInRefused)) {
                    return Err(format!("{login} is not refused as it should be").into());
                }
            }
        }
    }
    let (known, unknown) = (median(known), median(unknown));
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    println!(
        "known {known:.1?}, unknown {unknown:.1?}, ratio {ratio:.3} (at most 1.3 either way), {} each",
        NAMES * TIMES
    );
    if (1.0 / 1.3..=1.3).contains(&ratio) { Ok(()) } else { Err("the times tell which names there are".into()) }
}
