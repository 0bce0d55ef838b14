//! The campus's sign-in: where someone is sent, what comes back, and who that is. Two kinds, OpenID Connect and CAS 3; each
//! asks the address that the settings name, and no other.

pub mod cas;
pub mod oidc;
pub mod outside;

use crate::guard::forgery;
use jc_app::sign_on::Identity;
use outside::OutsideFault;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use thiserror::Error;

/// A sign-in elsewhere.
#[derive(Debug)]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// How it is asked.
    pub kind: Kind,
}

/// How a sign-in is asked.
#[derive(Debug)]
pub enum Kind {
    /// OpenID Connect.
    Oidc(oidc::Oidc),
    /// CAS 3.
    Cas(cas::Cas),
}

/// Why an answer is not believed. For the log: whoever comes is told only that it did not work.
#[derive(Debug, Error)]
pub enum SignOnFault {
    /// It could not be asked, or did not answer as it should.
    #[error("the sign-in could not be asked")]
    Outside(#[from] OutsideFault),
    /// What it says of itself is not what the settings say, or cannot be read.
    #[error("the sign-in's {0} is not as it should be")]
    Description(&'static str),
    /// It refused, or its answer names nobody.
    #[error("the sign-in refused: {0}")]
    Refused(&'static str),
    /// The token that says who it is.
    #[error("the token is not believed")]
    Token(#[from] jc_trust::id_token::Disbelief),
}

/// What of a sign-in is remembered until it comes back.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Where it was begun: made from the cookie that this browser alone holds.
    pub browser: String,
    /// What it was begun for.
    pub purpose: Purpose,
    /// The number that the token must carry.
    pub nonce: String,
    /// What only we know, so that the code is of no use to whoever sees it.
    pub verifier: String,
}

/// What a sign-in was begun for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// To come in, and be brought to an address of this site.
    SignIn(String),
    /// To link the account one is signed in to.
    Link,
    /// The identity is known; the code of the second factor is awaited.
    Code(Identity, String),
}

/// So long may it take to come back.
const PATIENCE: Duration = Duration::from_secs(600);
/// More are not remembered at once.
const MOST: usize = 5_000;

/// Sign-ins elsewhere, and those that were begun.
#[derive(Debug, Default)]
pub struct SignOn {
    /// Those the settings name, at most one of each kind.
    pub providers: Vec<Provider>,
    begun: Mutex<HashMap<String, (Instant, Begun)>>,
}

impl Provider {
    /// The word of its kind, in addresses.
    pub fn code(&self) -> &'static str {
        match self.kind {
            Kind::Oidc(_) => "oidc",
            Kind::Cas(_) => "cas",
        }
    }

    /// Where a browser is sent.
    pub fn asks(&self, back: &str, state: &str, begun: &Begun) -> Result<String, SignOnFault> {
        match &self.kind {
            Kind::Oidc(oidc) => oidc.asks(back, state, begun),
            Kind::Cas(cas) => Ok(cas.asks(back, state)),
        }
    }

    /// Who came back, by what the address carries.
    pub fn answers(
        &self,
        back: &str,
        state: &str,
        begun: &Begun,
        asked: &Answer,
        now: i64,
    ) -> Result<Identity, SignOnFault> {
        match &self.kind {
            Kind::Oidc(oidc) => oidc.answers(back, begun, asked, now),
            Kind::Cas(cas) => cas.answers(back, state, asked),
        }
    }

    /// An identity there, by the issuer's word for it.
    pub fn identity(&self, subject: &str) -> Identity {
        let issuer = match &self.kind {
            Kind::Oidc(oidc) => oidc.issuer.clone(),
            Kind::Cas(cas) => cas.server.clone(),
        };
        Identity { provider: self.code(), issuer, subject: subject.to_owned() }
    }
}

/// What a browser brings back in the address; empty where it brings nothing.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// OpenID Connect: the code.
    pub code: String,
    /// OpenID Connect: whose answer it says it is.
    pub issuer: String,
    /// CAS: the ticket.
    pub ticket: String,
}

impl SignOn {
    /// With these.
    pub fn new(providers: Vec<Provider>) -> Self {
        Self { providers, begun: Mutex::default() }
    }

    /// The one of a word.
    pub fn find(&self, code: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.code() == code)
    }

    /// Remembers one that is begun in a browser; gives the number it comes back with. Nothing if too many are under way, or
    /// no randomness is to be had.
    pub fn begin(&self, browser: &str, purpose: Purpose) -> Option<(String, Begun)> {
        let state = forgery::random();
        let begun = Begun {
            browser: browser.to_owned(),
            purpose,
            nonce: forgery::random(),
            verifier: forgery::random() + &forgery::random(),
        };
        let mut held = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, (since, _)| since.elapsed() < PATIENCE);
        if held.len() >= MOST || begun.verifier.len() < 64 || state.is_empty() || begun.nonce.is_empty() {
            return None;
        }
        held.insert(state.clone(), (Instant::now(), begun.clone()));
        Some((state, begun))
    }

    /// The one that comes back with a number, in the browser where it was begun; each comes back once.
    pub fn take(&self, state: &str, browser: &str) -> Option<Begun> {
        let mut held = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, begun) = held.remove(state)?;
        (since.elapsed() < PATIENCE && forgery::fits(&begun.browser, browser)).then_some(begun)
    }
}
