//! Serves the sample college: `cargo run -p jc-web --example demo -- DATA [ADDRESS]`. It is built if `DATA` is empty.
//! Everyone's password is `jc_app::demo::PASSWORD`.

use jc_app::{App, Clock, Setup, demo};
use jc_base::Instant;
use jc_web::{
    router::site,
    state::{AppState, Settings},
};
use std::path::PathBuf;

/// 9 January 2025, when the year 2024 is written up.
const TODAY: Instant = Instant(1_736_380_800_000);

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let data = PathBuf::from(args.next().unwrap_or_else(|| "jiangce-demo".into()));
    let address = args.next().unwrap_or_else(|| "127.0.0.1:8321".into());
    std::fs::create_dir_all(&data)?;
    let setup = Setup { data, database: None, clock: Clock::Fixed(TODAY) };
    let app = App::open(setup).map_err(std::io::Error::other)?;
    if app.schools().map_err(std::io::Error::other)?.is_empty() {
        let report = demo::build(&app, &mut |_| {}).map_err(std::io::Error::other)?;
        for account in report.accounts {
            println!("{:32} {}", account.login, account.name);
        }
    }
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}");
    axum::serve(listener, site(AppState::new(app, Settings::default()))).await
}
