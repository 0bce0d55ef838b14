//! The shipped pathway: nobody rises by years alone, and every stage can be reached by what is declared.

use jc_base::{Date, Value};
use jc_catalog::expr::eval::Row;
use jc_catalog::pathway::Amount;
use jc_catalog::{Catalog, load, shipped};
use jc_growth::facts::Book;
use jc_growth::gap::{Bound, Gap};
use jc_growth::standing::Standing;

/// Somebody of whom only the post and the first day are known.
struct Somebody(Vec<Value>);

impl Row for Somebody {
    fn field(&self, ix: usize) -> &Value {
        self.0.get(ix).unwrap_or(&Value::Missing)
    }

    fn copied(&self, _ix: usize) -> &Value {
        &Value::Missing
    }

    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

fn catalog() -> Catalog {
    let (catalog, findings) = load(&shipped());
    catalog.unwrap_or_else(|| panic!("{findings:?}"))
}

fn somebody(catalog: &Catalog, post: &str) -> Somebody {
    let staff = &catalog.registers[catalog.pathways[0].people];
    let mut values = vec![Value::Missing; staff.fields.len()];
    values[staff.find_field("post").expect("a post")] = Value::Text(post.into());
    values[staff.find_field("joined_on").expect("a day")] = Value::Date(Date::new(1990, 9, 1).expect("a day"));
    Somebody(values)
}

#[test]
fn without_records_nobody_rises_however_long_they_teach() {
    let catalog = catalog();
    let pathway = &catalog.pathways[0];
    for post in ["theory-teacher", "practice-teacher"] {
        let person = somebody(&catalog, post);
        let counted = pathway.quantities.iter().map(|_| Vec::new()).collect();
        let book = Book { person: &person, counted, ratings: Vec::new(), contests: Vec::new() };
        for year in [1990, 2000, 2024, 2050] {
            let standing = Standing::of(pathway, &book, Date::new(year, 12, 31).expect("a day"));
            assert_eq!(standing.stage, Some(0), "{post} in {year}");
            assert_eq!(standing.variants.len(), 1, "theory or practice, and no class");
        }
    }
}

#[test]
fn every_stage_can_be_reached_by_what_is_declared() {
    let catalog = catalog();
    let pathway = &catalog.pathways[0];
    assert_eq!(pathway.stages.len(), 5);
    assert_eq!(pathway.competencies.len(), 10);
    assert!(pathway.competencies.iter().all(|competency| competency.levels.len() == 5));
    for (ix, quantity) in pathway.quantities.iter().enumerate() {
        let decided = quantity.id.starts_with("panel_");
        let raised = pathway.achievements.iter().any(|it| it.gives.iter().any(|(raised, _)| *raised == ix));
        // Classes are given to whoever leads them: they make class teachers, and raise nobody.
        let decided = decided || quantity.id == "classes";
        let told = decided || raised || matches!(quantity.amount, Amount::Since(_));
        assert!(told, "nothing raises {}", quantity.id);
    }
    let person = somebody(&catalog, "theory-teacher");
    let counted = pathway.quantities.iter().map(|_| Vec::new()).collect();
    let book = Book { person: &person, counted, ratings: Vec::new(), contests: Vec::new() };
    let standing = Standing::of(pathway, &book, Date::new(2024, 12, 31).expect("a day"));
    let gap = Gap::to(pathway, &standing, 1, Bound::default());
    // A lesson or a course, and ratings of two competencies: worked by hand.
    let hours: Vec<u64> = gap.sets.iter().map(|set| set.hours).collect();
    assert!(hours.contains(&(12 + 40 + 2 * 20)), "{hours:?}");
    assert!(gap.sets.iter().all(|set| set.moves.len() == 3), "{:?}", gap.sets);
}
