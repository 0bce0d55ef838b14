//! What handlers share: the operations and the settings of the web side.

use crate::guard::fault::Fault;
use crate::guard::pace::Pace;
use crate::jobs::Jobs;
use crate::ops::Watch;
use crate::sign_on::SignOn;
use axum::http::{HeaderMap, header};
use jc_app::App;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

/// Settings of the web side, from the program's own.
#[derive(Debug, Default)]
pub struct Settings {
    /// Whether people reach us by https: cookies are then bound to the host, and browsers told to stay.
    pub https: bool,
    /// The public address, such as `https://jiangce.example.edu.cn`; nothing on the loopback address only.
    pub origin: Option<String>,
    /// Names and words shown below the sign-in form of a sample college.
    pub samples: Vec<(String, String)>,
    /// Whether people reach us through a proxy.
    pub behind_proxy: bool,
    /// Who may read the numbers of the service; nothing means this machine only.
    pub metrics_token: Option<String>,
    /// Sign-ins elsewhere.
    pub sign_on: SignOn,
    /// How long a body may be silent between two pieces.
    pub body_idle: Option<Duration>,
}

/// How many threads a runtime should have for [`AppState::run`]. What comes more waits for its turn, first come, first served:
/// each thread holds a connection with its pages and what it worked with, and the number of people would else decide how
/// much memory is taken.
pub fn places() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get).saturating_mul(2).clamp(4, 8)
}

/// What handlers share.
#[derive(Clone)]
pub struct AppState(Arc<(App, Settings)>, Arc<Watch>, Arc<Jobs>, Arc<Pace>);

impl AppState {
    /// The operations and the settings.
    pub fn new(app: App, settings: Settings) -> Self {
        Self(Arc::new((app, settings)), Arc::default(), Arc::default(), Arc::default())
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.1
    }

    /// The address people reach this site by: the one set, or the host that a request came to.
    pub fn address(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.settings().origin.clone().unwrap_or_else(|| format!("http://{host}"))
    }

    /// What is counted while serving.
    pub fn watch(&self) -> &Arc<Watch> {
        &self.1
    }

    /// Work that goes on by itself.
    pub fn jobs(&self) -> &Jobs {
        &self.2
    }

    /// How fast strangers and programs may ask.
    pub fn pace(&self) -> &Pace {
        &self.3
    }

    /// Works with the operations on a thread that may wait: they read and write the database.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let shared = self.0.clone();
        match tokio::task::spawn_blocking(move || work(&shared.0)).await {
            Ok(done) => done,
            Err(stopped) => Err(Fault::Ours(stopped.to_string())),
        }
    }
}
