//! Closing what lies between the plan and the bound, for small colleges: branch and bound on who takes what.

use super::choose::Pick;
use super::draft::Draft;
use super::model::Model;
use super::price::{Prices, Search};

/// Beyond this many people the bound is close enough without branching, and branching too slow.
const PEOPLE: usize = 24;

/// How many choices are made before the open gap is stated instead of closed.
const CHOICES: usize = 60_000;

/// Steps of the prices at each node.
const STEPS: usize = 12;

/// Looks for a better plan than `draft`, or the proof that there is none; `best` is the bound known and its prices.
/// When all nodes are looked at, the bound becomes what the plan closes.
pub fn close(model: &Model, draft: &mut Draft, best: &mut (i64, Prices)) {
    if model.people.len() > PEOPLE || best.0 <= draft.value() {
        return;
    }
    let nodes = CHOICES / (STEPS * model.people.len().max(1));
    let mut tree = Tree { draft, nodes };
    let mut root = model.clone();
    // From here on people who are alike are decided apart.
    root.alike = (0..root.people.len()).collect();
    if tree.visit(&mut root, &best.1) {
        best.0 = tree.draft.value();
    }
}

struct Tree<'a> {
    draft: &'a mut Draft,
    /// How many more nodes may be looked at.
    nodes: usize,
}

impl Tree<'_> {
    /// Looks at everything below this node; whether it was all.
    fn visit(&mut self, model: &mut Model, prices: &Prices) -> bool {
        let Some(left) = self.nodes.checked_sub(1) else { return false };
        self.nodes = left;
        let mut search = Search::new(model, prices.clone(), 1.0);
        let mut branch = None;
        for _ in 0..STEPS {
            let Some(answer) = search.step(self.draft.value()) else { return true };
            if let Some(found) = as_plan(model, &answer.picks)
                && found.value() > self.draft.value()
            {
                *self.draft = found;
            }
            if search.best.0 <= self.draft.value() {
                return true;
            }
            branch = branching(model, &answer.picks);
        }
        let best = search.best.1;
        let Some((person, choice)) = branch else {
            // Everything is decided, and what was decided has been looked at as a plan.
            return true;
        };
        let whole = {
            let removed = model.people[person].choices.remove(choice);
            let whole = self.visit(model, &best);
            model.people[person].choices.insert(choice, removed);
            whole
        };
        model.people[person].choices[choice].pinned = true;
        let both = self.visit(model, &best) && whole;
        model.people[person].choices[choice].pinned = false;
        both
    }
}

/// The picks as a plan, if nothing is overdrawn.
fn as_plan(model: &Model, picks: &[Pick]) -> Option<Draft> {
    let mut draft = Draft::empty(model);
    for (person, pick) in picks.iter().enumerate() {
        if !draft.has_room(model, pick) {
            return None;
        }
        draft.give(model, person, pick.clone());
    }
    draft.holds_floors(model).then_some(draft)
}

/// The next undecided choice to decide: of what is picked, what is most overdrawn; else what costs most; else any.
fn branching(model: &Model, picks: &[Pick]) -> Option<(usize, usize)> {
    let mut taken = vec![0; model.options.len()];
    for &o in picks.iter().flat_map(|p| &p.options) {
        taken[o] += 1;
    }
    let open = |person: usize| {
        let choices = model.people[person].choices.iter().enumerate();
        choices.filter(|(_, c)| !c.pinned).map(move |(i, c)| (person, i, c.option))
    };
    let all = (0..model.people.len()).flat_map(open);
    let rank = |(person, _, o): &(usize, usize, usize)| {
        let over = i64::from(taken[*o]) - model.options[*o].seats;
        (picks[*person].options.contains(o), over, model.options[*o].money)
    };
    all.max_by_key(rank).map(|(person, i, _)| (person, i))
}
