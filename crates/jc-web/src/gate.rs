//! What every address needs of whoever asks for it. A route can only be made of a handler that takes an [`Entry`], the
//! entry's type names the need, and the entry cannot be had without it: a forgotten check does not compile.

use crate::{
    guard::{fault::Fault, posted::Asked, visit::Visit},
    state::AppState,
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, State},
    handler::Handler,
    http::{HeaderMap, request::Parts},
    routing::{MethodRouter, get, post},
};
use jc_app::{Person, given::Operation};
use std::marker::PhantomData;

/// What a route needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: for strangers too.
    Anyone,
    /// A living session, with whatever role.
    SignedIn,
    /// A role that holds an operation.
    May(Operation),
    /// A role that holds one of two operations.
    Either(Operation, Operation),
}

/// A need as a type.
pub trait Needs: Send + Sync + 'static {
    /// The need.
    const NEED: Need;
    /// Whether it can be met by someone who must first change their password or begin with a second factor.
    const BEFORE_CHANGE: bool = false;
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident = $need:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Needs for $name {
            const NEED: Need = $need;
        }
    )*};
}

needs! {
    /// Nothing: signing in, the one-time link, the language.
    Anyone = Need::Anyone;
    /// A living session; what is shown depends on the roles.
    SignedIn = Need::SignedIn;
    /// See figures.
    ReadFigures = Need::May(Operation::ReadFigures);
    /// See records within reach.
    ReadRecords = Need::May(Operation::ReadRecords);
    /// Have a text checked.
    CheckTexts = Need::May(Operation::CheckTexts);
    /// Make reports and edit their words.
    Report = Need::May(Operation::Report);
    /// Write records for an office.
    KeepRecords = Need::May(Operation::KeepRecords);
    /// Write records, for an office or about oneself: which, the register tells.
    WriteRecords = Need::Either(Operation::KeepRecords, Operation::KeepOwn);
    /// See how people grow.
    ReadGrowth = Need::May(Operation::ReadGrowth);
    /// Plan how people grow.
    PlanGrowth = Need::May(Operation::PlanGrowth);
    /// See what waits: to be verified, or not to be forgotten about how people grow.
    ReadInbox = Need::Either(Operation::VerifyRecords, Operation::ReadGrowth);
    /// Accept and return records.
    VerifyRecords = Need::May(Operation::VerifyRecords);
    /// Close registers.
    CloseRegisters = Need::May(Operation::CloseRegisters);
    /// Uncover a field.
    RevealFields = Need::May(Operation::RevealFields);
    /// Take a list out of the house.
    ExportRecords = Need::May(Operation::ExportRecords);
    /// Check in where something takes place.
    CheckIn = Need::May(Operation::CheckIn);
    /// Lead an event.
    LeadEvents = Need::May(Operation::LeadEvents);
    /// Read the log.
    ReadAudit = Need::May(Operation::ReadAudit);
    /// Make accounts.
    ManageAccounts = Need::May(Operation::ManageAccounts);
    /// Grant roles.
    ManageRoles = Need::May(Operation::ManageRoles);
}

/// The own account: also for someone who must change their password or begin with a second factor before anything else.
#[derive(Debug, Clone, Copy)]
pub struct OwnAccount;

impl Needs for OwnAccount {
    const NEED: Need = Need::SignedIn;
    const BEFORE_CHANGE: bool = true;
}

/// What a screen's handler takes from a request besides its own: had only by whoever meets the need.
#[derive(Debug, Clone)]
pub struct Entry<N> {
    /// Cookies and language.
    pub visit: Visit,
    /// What was asked in the address.
    pub asked: Asked,
    /// Who is signed in; nobody where strangers may come too.
    pub(crate) person: Option<Person>,
    need: PhantomData<fn() -> N>,
}

impl<N: Needs> FromRequestParts<AppState> for Entry<N> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let asked = Asked::from_request_parts(parts, state).await?;
        let visit: Visit = parts.extensions.get().cloned().unwrap_or_default();
        let person = if N::NEED == Need::Anyone { None } else { Some(admitted::<N>(state, &visit).await?) };
        Ok(Self { visit, asked, person, need: PhantomData })
    }
}

/// Whoever is signed in, if they meet a need. Decided by their roles alone, before anything is looked up.
async fn admitted<N: Needs>(state: &AppState, visit: &Visit) -> Result<Person, Fault> {
    let (token, here) = (visit.session.clone().unwrap_or_default(), visit.here.clone());
    state
        .run(move |app| {
            let person = app.person(&token)?.ok_or(Fault::SignIn(here))?;
            if (person.must_change || person.must_enrol) && !N::BEFORE_CHANGE {
                return Err(Fault::MustChange);
            }
            match N::NEED {
                Need::Anyone | Need::SignedIn => {}
                Need::May(operation) => app.permit(&person, operation)?,
                Need::Either(one, other) => {
                    app.permit(&person, one).or_else(|_| app.permit(&person, other))?;
                }
            }
            Ok(person)
        })
        .await
}

/// The arguments of a handler that can be a route: state, perhaps a path, an entry, perhaps headers, perhaps a body. axum names them as
/// one tuple.
pub trait Gated {
    /// What the entry needs.
    type Need: Needs;
}

impl<M, N: Needs> Gated for (M, State<AppState>, Entry<N>) {
    type Need = N;
}

impl<M, P, N: Needs> Gated for (M, State<AppState>, Path<P>, Entry<N>) {
    type Need = N;
}

impl<M, N: Needs, B> Gated for (M, State<AppState>, Entry<N>, B) {
    type Need = N;
}

impl<M, P, N: Needs, B> Gated for (M, State<AppState>, Path<P>, Entry<N>, B) {
    type Need = N;
}

impl<M, P, N: Needs, B> Gated for (M, State<AppState>, Path<P>, Entry<N>, HeaderMap, B) {
    type Need = N;
}

/// A route as the table of all of them tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with names in braces.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
}

/// Routes, each with what it needs.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<AppState>,
    /// All of them.
    pub table: Vec<Route>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An address that shows something.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Gated + 'static,
    {
        self.route("GET", path, T::Need::NEED, get(handler))
    }

    /// An address that changes something.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Gated + 'static,
    {
        self.route("POST", path, T::Need::NEED, post(handler))
    }

    fn route(mut self, method: &'static str, path: &'static str, need: Need, answer: MethodRouter<AppState>) -> Self {
        self.table.push(Route { method, path, need });
        Self { router: self.router.route(path, answer), table: self.table }
    }

    /// These and others.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        Self { router: self.router.merge(other.router), table: self.table }
    }

    /// What answers.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }
}
