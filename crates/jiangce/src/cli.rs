//! What may be typed. The help texts are not here: they are messages, put in by [`help`](crate::help).

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jc_base::Date;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "jiangce", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Default, Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "DIR", env = "JIANGCE_DATA", hide_env = true)]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL", env = "JIANGCE_DATABASE", hide_env = true)]
    pub database: Option<String>,
    #[arg(long, global = true, value_name = "FILE", env = "JIANGCE_CONFIG", hide_env = true)]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE", env = "JIANGCE_KEYS", hide_env = true)]
    pub keys: Option<PathBuf>,
    #[arg(long, global = true, value_name = "ID")]
    pub school: Option<i64>,
    #[arg(long, global = true)]
    pub json: bool,
    /// Read by [`language`](crate::language) before parsing; here so that it is known and checked.
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Language>,
    #[arg(long, global = true)]
    pub verbose: bool,
    #[arg(long, short = 'h', global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
    #[arg(long, short = 'V', action = ArgAction::Version)]
    pub version: Option<bool>,
}

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Zh,
    En,
    De,
}

/// The commands, in the order a newcomer meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    Serve(Serve),
    School(School),
    User(User),
    Template(Template),
    Import(Import),
    Figures(Figures),
    Trace(Trace),
    Growth(Growth),
    Close(Close),
    Restate(Restate),
    Check(Check),
    Report(Report),
    Verify(Verify),
    Audit(Audit),
    Privacy(Privacy),
    Retention(Retention),
    Keys(Keys),
    Backup(Backup),
    Restore(Restore),
    Catalog(Catalog),
    Config(Config),
    Completions(Completions),
    Docs(Docs),
}

/// `demo`
#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long)]
    pub fresh: bool,
    #[arg(long, conflicts_with = "open")]
    pub no_serve: bool,
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    #[arg(long)]
    pub open: bool,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    #[arg(long, value_name = "NAME")]
    pub school_name: Option<String>,
    #[arg(long, requires = "origin")]
    pub behind_proxy: bool,
    #[arg(long, value_name = "URL", value_parser = origin)]
    pub origin: Option<String>,
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
}

/// `school`
#[derive(Debug, Args)]
pub struct School {
    #[command(subcommand)]
    pub action: SchoolAction,
}

/// What can be done with schools.
#[derive(Debug, Subcommand)]
pub enum SchoolAction {
    Add {
        #[arg(value_name = "NAME")]
        name: String,
    },
    List,
    Chain {
        #[arg(value_name = "HASH")]
        hash: String,
    },
    Key,
}

/// `user`
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    pub action: UserAction,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserAction {
    Add(UserAdd),
    Until(UserUntil),
    Link(UserLink),
    List,
}

/// `user until`
#[derive(Debug, Args)]
pub struct UserUntil {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(value_name = "DAY", value_parser = day, required_unless_present = "none")]
    pub day: Option<Date>,
    #[arg(long, conflicts_with = "day")]
    pub none: bool,
}

/// `user link`
#[derive(Debug, Args)]
pub struct UserLink {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(long, value_name = "URL", value_parser = origin)]
    pub origin: Option<String>,
}

/// `user add`
#[derive(Debug, Args)]
pub struct UserAdd {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long = "role", id = "role", value_name = "ROLE", required = true)]
    pub roles: Vec<String>,
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<Date>,
    #[arg(long, value_name = "URL", value_parser = origin)]
    pub origin: Option<String>,
}

/// A day, written 2024-12-31.
pub fn day(typed: &str) -> Result<Date, String> {
    Date::parse_iso(typed).ok_or_else(|| typed.to_owned())
}

/// An address as a browser names where a screen comes from: scheme, host and port, nothing behind them.
pub fn origin(typed: &str) -> Result<String, String> {
    let bare = typed.trim_end_matches('/');
    let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(bare.to_ascii_lowercase()),
        _ => Err(typed.to_owned()),
    }
}

/// `template`
#[derive(Debug, Args)]
pub struct Template {
    #[arg(value_name = "REGISTER")]
    pub register: String,
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: PathBuf,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub register: Option<String>,
    #[arg(long, value_name = "SHEET")]
    pub sheet: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub good_rows: bool,
    #[arg(long)]
    pub draft: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub bad_rows: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub annotated: Option<PathBuf>,
    #[arg(long, value_name = "LIMITS")]
    pub limits: Option<FileLimits>,
}

/// How large a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileLimits {
    Usual,
    Generous,
}

/// `figures`
#[derive(Debug, Args)]
pub struct Figures {
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9998))]
    #[arg(required_unless_present_any = ["which", "on"])]
    pub year: Option<i32>,
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["year", "slice", "definitions", "which"])]
    pub on: Option<Date>,
    #[arg(long, value_name = "ID")]
    pub indicator: Option<String>,
    #[arg(long, value_name = "SLICE", requires = "indicator")]
    pub slice: Option<String>,
    #[arg(long, conflicts_with = "slice")]
    pub definitions: bool,
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["slice", "definitions"], allow_hyphen_values = true)]
    pub which: Option<String>,
    #[arg(long, value_name = "UNIT", requires = "which")]
    pub unit: Option<String>,
}

/// `trace`
#[derive(Debug, Args)]
pub struct Trace {
    #[arg(value_name = "INDICATOR")]
    pub indicator: String,
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9998))]
    #[arg(required_unless_present = "page", conflicts_with = "page")]
    pub year: Option<i32>,
    #[arg(long, value_name = "CODE")]
    pub page: Option<String>,
    #[arg(long, value_name = "PART")]
    pub part: Option<TracePart>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub from: Option<u32>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub limit: Option<u32>,
}

/// `close`
#[derive(Debug, Args)]
pub struct Close {
    #[arg(long, value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    pub register: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub period: String,
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub dry_run: bool,
}

/// `restate`
#[derive(Debug, Args)]
pub struct Restate {
    #[arg(long, value_name = "ID", requires = "period")]
    pub register: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub period: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with_all = ["register", "sealed"])]
    pub indicator: Option<String>,
    #[arg(long)]
    pub sealed: bool,
}

/// A part of a page's records in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TracePart {
    Numerator,
    Denominator,
    LeftOut,
}

/// `growth`
#[derive(Debug, Args)]
pub struct Growth {
    #[command(subcommand)]
    pub action: GrowthAction,
}

/// What can be asked about how people grow.
#[derive(Debug, Subcommand)]
pub enum GrowthAction {
    Stage(GrowthOf),
    Gap(GrowthOf),
    Plan(GrowthPlan),
    Forecast(GrowthPlan),
    Framework {
        #[command(subcommand)]
        action: FrameworkAction,
    },
}

/// Which way a competency framework goes.
#[derive(Debug, Subcommand)]
pub enum FrameworkAction {
    Export {
        #[arg(long, value_name = "URL", default_value = "https://localhost")]
        base: String,
    },
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Which round is planned, and how.
#[derive(Debug, Args)]
pub struct GrowthPlan {
    #[arg(long, value_name = "ROUND")]
    pub round: Option<String>,
    #[arg(long, value_name = "TEACHER")]
    pub teacher: Option<String>,
    #[arg(long)]
    pub anew: bool,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Whose growth, and of which day.
#[derive(Debug, Args)]
pub struct GrowthOf {
    #[arg(long, value_name = "TEACHER", conflicts_with = "all", required_unless_present = "all")]
    pub teacher: Option<String>,
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9998))]
    pub year: Option<i32>,
    #[arg(long)]
    pub no_records: bool,
}

/// `report`
#[derive(Debug, Args)]
pub struct Report {
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9998))]
    pub year: Option<i32>,
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,
    #[arg(long, value_name = "ID", default_value = "annual")]
    pub template: String,
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ReportProfile>,
    #[arg(long, value_name = "URL", value_parser = origin)]
    pub origin: Option<String>,
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub list: bool,
    #[arg(long, short = 'o', value_name = "FILE", required_unless_present = "list")]
    pub output: Option<PathBuf>,
}

/// A kind of report file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    #[cfg(feature = "pdf")]
    Pdf,
    Docx,
    Xlsx,
    Html,
}

/// For whom a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportProfile {
    Internal,
    Bureau,
    Public,
}

/// `verify`
#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "KEY", requires = "file")]
    pub key: Vec<String>,
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub head: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub log_part: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "log_part")]
    pub passphrase_file: Option<PathBuf>,
}

/// `audit`
#[derive(Debug, Args)]
pub struct Audit {
    #[command(subcommand)]
    pub action: AuditAction,
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditAction {
    Head,
    Move {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "DAY", value_parser = day)]
        before: Date,
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        #[arg(long)]
        dry_run: bool,
    },
}

/// `privacy`
#[derive(Debug, Args)]
pub struct Privacy {
    #[command(subcommand)]
    pub action: PrivacyAction,
}

/// What can be told about people's private data.
#[derive(Debug, Subcommand)]
pub enum PrivacyAction {
    Breach {
        #[arg(long, value_name = "LOGIN")]
        account: String,
        #[arg(long, value_name = "DAY", value_parser = day)]
        from: Date,
        #[arg(long, value_name = "DAY", value_parser = day)]
        to: Date,
    },
    Yearly {
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9998))]
        year: i32,
        #[cfg(feature = "pdf")]
        #[arg(long, short = 'o', value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Copy {
        #[arg(long, value_name = "ID", default_value = "student")]
        register: String,
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long, short = 'o', value_name = "FILE")]
        output: PathBuf,
    },
}

/// `retention`
#[derive(Debug, Args)]
pub struct Retention {
    #[command(subcommand)]
    pub action: RetentionAction,
}

/// What can be done with what is kept no longer.
#[derive(Debug, Subcommand)]
pub enum RetentionAction {
    Plan,
    Apply {
        #[arg(long)]
        yes: bool,
    },
}

/// `keys`
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    pub action: KeysAction,
}

/// What can be done with the keys of secret values.
#[derive(Debug, Subcommand)]
pub enum KeysAction {
    List,
    Rotate {
        #[arg(long, value_name = "ALGORITHM")]
        algorithm: Option<KeyAlgorithm>,
    },
    Reseal,
    Remove {
        #[arg(value_name = "KEY")]
        key: u8,
    },
}

/// How secret values are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyAlgorithm {
    #[value(name = "aes-256-gcm")]
    Aes256Gcm,
    #[value(name = "sm4-gcm")]
    Sm4Gcm,
}

/// `backup`
#[derive(Debug, Args)]
pub struct Backup {
    #[arg(value_name = "TARGET")]
    pub target: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `restore`
#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "SOURCE")]
    pub source: PathBuf,
    #[arg(long)]
    pub verify: bool,
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `catalog`
#[derive(Debug, Args)]
pub struct Catalog {
    #[command(subcommand)]
    pub action: CatalogAction,
}

/// What can be done with the catalog.
#[derive(Debug, Subcommand)]
pub enum CatalogAction {
    Check,
    Docs {
        #[arg(long, short = 'o', value_name = "DIR")]
        output: Option<PathBuf>,
    },
    Plan,
    Apply {
        #[arg(long)]
        allow_loss: bool,
    },
}

/// `config`
#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// What can be done with the settings file.
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    Check {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `docs`
#[derive(Debug, Args)]
pub struct Docs {
    #[arg(value_name = "PAGE")]
    pub page: DocsPage,
}

/// A page of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocsPage {
    Commands,
    Findings,
    Settings,
    Openapi,
    Personal,
}
