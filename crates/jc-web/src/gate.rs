//! What every address needs of whoever asks for it. A route can only be made of a handler that takes an [`Entry`], the
//! entry's type names the need, and the entry cannot be had without it: a forgotten check does not compile.
//!
//! What answers programs needs the same, [`ByToken`]; such a route also says what it is asked and what it answers, for the
//! document that programs are written by.

use crate::{
    guard::{fault::Fault, posted::Asked, visit::Visit},
    state::AppState,
};
use axum::{
    Router,
    extract::{FromRequestParts, MatchedPath, Path, State},
    handler::Handler,
    http::{HeaderMap, Method, request::Parts},
    routing::{MethodRouter, get, post},
};
use jc_app::{App, Person, given::Operation};
use jc_catalog::kinds::id_number;
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
    /// Whether it is for programs: met by a token in the header, and by a session only for looking.
    const BY_TOKEN: bool = false;
}

impl Need {
    /// The operations one of which is needed.
    pub fn operations(self) -> Vec<Operation> {
        match self {
            Need::Anyone | Need::SignedIn => Vec::new(),
            Need::May(operation) => vec![operation],
            Need::Either(one, other) => vec![one, other],
        }
    }
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
    /// Give and take back consents, as oneself or for a child.
    GiveConsent = Need::May(Operation::GiveConsent);
    /// Lead an event.
    LeadEvents = Need::May(Operation::LeadEvents);
    /// Let others see covered fields of minors.
    ApproveAccess = Need::May(Operation::ApproveAccess);
    /// See who had whose private data.
    ReadAccess = Need::May(Operation::ReadAccess);
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

/// The same need, for programs.
#[derive(Debug, Clone, Copy)]
pub struct ByToken<N>(PhantomData<fn() -> N>);

impl<N: Needs> Needs for ByToken<N> {
    const NEED: Need = N::NEED;
    const BY_TOKEN: bool = true;
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
    /// The address as it is declared: what the log says if more is refused.
    pub(crate) route: String,
    need: PhantomData<fn() -> N>,
}

impl<N: Needs> FromRequestParts<AppState> for Entry<N> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let asked = Asked::from_request_parts(parts, state).await?;
        // Before anything else: where one is sent to sign in, the address would be kept to come back to.
        if asked.0.iter().any(|(name, value)| id_number::is_in(name) || id_number::is_in(value)) {
            let looks = parts.method == Method::GET && !N::BY_TOKEN;
            return Err(if looks { Fault::NumberAsked } else { Fault::Unclear });
        }
        let visit: Visit = parts.extensions.get().cloned().unwrap_or_default();
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let route = format!("{} {path}", parts.method);
        let person = if N::NEED == Need::Anyone {
            state.pace().stranger(&visit.address)?;
            None
        } else {
            Some(admitted::<N>(state, &visit, route.clone(), parts.method == Method::GET).await?)
        };
        Ok(Self { visit, asked, person, route, need: PhantomData })
    }
}

/// Whoever is signed in, if they meet a need. Decided by their roles alone, before anything is looked up.
async fn admitted<N: Needs>(state: &AppState, visit: &Visit, route: String, looks: bool) -> Result<Person, Fault> {
    let (shared, visit) = (state.clone(), visit.clone());
    // All of it at once: each way to a thread that may wait, and back, costs as much as a small answer.
    let decide = move |app: &App| {
        let Some(person) = (if N::BY_TOKEN { program(app, &visit, looks)? } else { person(app, &visit)? }) else {
            // Sessions and tokens cannot be guessed, but trying costs us something.
            shared.pace().stranger(&visit.address)?;
            return Err(if N::BY_TOKEN { Fault::NoToken } else { Fault::SignIn(visit.here) });
        };
        if (person.must_change || person.must_enrol) && !N::BEFORE_CHANGE {
            return Err(if N::BY_TOKEN { Fault::Denied } else { Fault::MustChange });
        }
        if person.given.is_some() {
            shared.pace().program(&person)?;
        }
        let wanted = N::NEED.operations();
        let lacking = wanted.iter().all(|operation| app.permit(&person, *operation).is_err());
        match wanted.first().filter(|_| lacking) {
            None => Ok(person),
            Some(operation) => {
                app.note_denied(&person, &route, operation.code())?;
                Err(Fault::Denied)
            }
        }
    };
    state.run(decide).await
}

/// Whose session it is.
fn person(app: &App, visit: &Visit) -> Result<Option<Person>, Fault> {
    let token = visit.session.as_deref().unwrap_or_default();
    let mut person = app.person(token)?;
    if let Some(person) = &mut person {
        person.comes_with(token, &visit.address);
    }
    Ok(person)
}

/// Whom a program comes as; for looking, whoever is signed in may come themselves.
fn program(app: &App, visit: &Visit, looks: bool) -> Result<Option<Person>, Fault> {
    let Some(token) = &visit.bearer else { return if looks { person(app, visit) } else { Ok(None) } };
    let mut person = app.program(token)?;
    if let Some(person) = &mut person
        && !visit.address.is_empty()
    {
        person.by.push(("address", visit.address.clone()));
    }
    Ok(person)
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
    /// What it is asked and answers, if it is for programs.
    pub about: Option<&'static About>,
}

/// What a route for programs is asked and answers.
#[derive(Debug, PartialEq, Eq)]
pub struct About {
    /// The message that says what it is for.
    pub says: &'static str,
    /// What can stand in the query. Besides these, the records of a register are narrowed by what its list is.
    pub asked: &'static [&'static str],
    /// What is sent, if something is.
    pub sent: Option<Shape>,
    /// What is answered.
    pub answer: Shape,
}

/// The shape of what is sent or answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A named shape.
    Named(&'static str),
    /// Records of the register in the path.
    Records,
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
        self.route(Route { method: "GET", path, need: T::Need::NEED, about: None }, get(handler))
    }

    /// An address that changes something.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Gated + 'static,
    {
        self.route(Route { method: "POST", path, need: T::Need::NEED, about: None }, post(handler))
    }

    /// An address that shows something to programs.
    #[must_use]
    pub fn tells<H, T>(self, path: &'static str, handler: H, about: &'static About) -> Self
    where
        H: Handler<T, AppState>,
        T: Gated + 'static,
    {
        self.route(Route { method: "GET", path, need: T::Need::NEED, about: Some(about) }, get(handler))
    }

    /// An address that programs send something to.
    #[must_use]
    pub fn takes<H, T>(self, path: &'static str, handler: H, about: &'static About) -> Self
    where
        H: Handler<T, AppState>,
        T: Gated + 'static,
    {
        self.route(Route { method: "POST", path, need: T::Need::NEED, about: Some(about) }, post(handler))
    }

    fn route(mut self, route: Route, answer: MethodRouter<AppState>) -> Self {
        self.table.push(route);
        Self { router: self.router.route(route.path, answer), table: self.table }
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
