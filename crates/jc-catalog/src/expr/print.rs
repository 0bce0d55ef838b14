//! Expressions as text again, for pages and traces: what is printed reads back to an expression that means the same.

use super::{ArithmeticOp, CompareOp, Expr, Literal, Moment};
use crate::kinds::Kind;
use crate::model::{Column, Register};

/// An expression over the records of `register`, in the language of the catalog files.
pub fn print(expr: &Expr, register: &Register, registers: &[Register]) -> String {
    Printer { register, registers }.whole(expr)
}

struct Printer<'a> {
    register: &'a Register,
    registers: &'a [Register],
}

impl Printer<'_> {
    fn whole(&self, expr: &Expr) -> String {
        match expr {
            Expr::Literal(literal) => self.literal(literal, None),
            Expr::Column(column) => self.name(*column),
            Expr::Moment(Moment::Start) => "PERIOD_START".to_owned(),
            Expr::Moment(Moment::End) => "PERIOD_END".to_owned(),
            Expr::Moment(Moment::Census) => "CENSUS".to_owned(),
            Expr::YearOf(day) => format!("YEAR({})", self.whole(day)),
            Expr::MemberCount(field) => format!("MEMBERS({})", self.register.fields[*field].id),
            Expr::Not(inner) => match &**inner {
                Expr::IsNull(item) => format!("{} IS NOT NULL", self.part(item)),
                Expr::In { item, list } => format!("{} NOT IN ({})", self.part(item), self.list(list, item)),
                inner => format!("NOT ({})", self.whole(inner)),
            },
            Expr::And(parts) => self.joined(parts, " AND "),
            Expr::Or(parts) => self.joined(parts, " OR "),
            Expr::Compare { op, left, right } => {
                let sign = match op {
                    CompareOp::Equal => "=",
                    CompareOp::Unequal => "<>",
                    CompareOp::Less => "<",
                    CompareOp::LessOrEqual => "<=",
                    CompareOp::Greater => ">",
                    CompareOp::GreaterOrEqual => ">=",
                };
                format!("{} {sign} {}", self.beside(left, right), self.beside(right, left))
            }
            Expr::In { item, list } => format!("{} IN ({})", self.part(item), self.list(list, item)),
            Expr::IsNull(item) => format!("{} IS NULL", self.part(item)),
            Expr::Arithmetic { op, left, right } => match op {
                // A factor has no digits of its own: the product has those of the other.
                ArithmeticOp::Multiply => format!("{} * {}", self.part(left), self.part(right)),
                ArithmeticOp::Add => format!("{} + {}", self.beside(left, right), self.beside(right, left)),
                ArithmeticOp::Subtract => format!("{} - {}", self.beside(left, right), self.beside(right, left)),
            },
            Expr::Exists { register, via, condition } => {
                let other = &self.registers[*register];
                let name = format!("{}.{}", other.id, other.fields[*via].id);
                match **condition {
                    Expr::Literal(Literal::Bool(true)) => format!("EXISTS({name})"),
                    _ => format!("EXISTS({name}, {})", print(condition, other, self.registers)),
                }
            }
            Expr::Latest { register, via, value, .. } => {
                let other = &self.registers[*register];
                format!("LATEST({}.{}.{})", other.id, other.fields[*via].id, other.fields[*value].id)
            }
        }
    }

    /// A part, in brackets if it is made of parts itself.
    fn part(&self, expr: &Expr) -> String {
        let simple = matches!(
            expr,
            Expr::Literal(_)
                | Expr::Column(_)
                | Expr::Moment(_)
                | Expr::YearOf(_)
                | Expr::MemberCount(_)
                | Expr::Exists { .. }
                | Expr::Latest { .. }
        );
        if simple { self.whole(expr) } else { format!("({})", self.whole(expr)) }
    }

    /// A part beside another, from which a constant takes its digits.
    fn beside(&self, expr: &Expr, other: &Expr) -> String {
        match expr {
            Expr::Literal(literal) => self.literal(literal, Some(other)),
            expr => self.part(expr),
        }
    }

    fn joined(&self, parts: &[Expr], word: &str) -> String {
        let part = |part: &Expr| match part {
            Expr::And(_) | Expr::Or(_) => format!("({})", self.whole(part)),
            part => self.whole(part),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(word)
    }

    fn list(&self, list: &[Literal], item: &Expr) -> String {
        list.iter().map(|literal| self.literal(literal, Some(item))).collect::<Vec<_>>().join(", ")
    }

    fn literal(&self, literal: &Literal, beside: Option<&Expr>) -> String {
        match literal {
            Literal::Null => "NULL".to_owned(),
            Literal::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Literal::Date(day) => format!("'{day}'"),
            Literal::Int(number) => match beside {
                Some(Expr::Column(column)) if *self.register.column_kind(*column) == Kind::Time => {
                    format!("'{:02}:{:02}'", number / 60, number % 60)
                }
                _ => {
                    let digits = beside.map_or(0, |expr| self.digits(expr));
                    jc_text::decimal::Decimal { digits: i128::from(*number), scale: digits }.to_string()
                }
            },
        }
    }

    /// The digits of a number, as printed: constants beside it are in its steps.
    fn digits(&self, expr: &Expr) -> u8 {
        match expr {
            Expr::Column(column) => self.register.column_kind(*column).digits().unwrap_or(0),
            Expr::Arithmetic { op: ArithmeticOp::Multiply, left, right } => self.digits(left) + self.digits(right),
            Expr::Arithmetic { left, right, .. } => self.digits(left).max(self.digits(right)),
            Expr::Latest { register, value, .. } => self.registers[*register].fields[*value].kind.digits().unwrap_or(0),
            _ => 0,
        }
    }

    fn name(&self, column: Column) -> String {
        match column {
            Column::Field(ix) => self.register.fields[ix].id.to_string(),
            Column::Copied(ix) => self.register.copies[ix].path.clone(),
        }
    }
}
