//! The functions of the expression language, each with what it takes and what it becomes.

use super::names;
use super::parse::ExprFault;
use super::typing::{Node, Type, What, quoted};
use super::walk::{Name, Walk};
use super::{Expr, Literal};
use crate::faults;
use crate::kinds::{Kind, find_list};
use crate::model::{Column, PeriodRule};
use sqlparser::ast::{BinaryOperator, Expr as Sql, Function, FunctionArg, FunctionArgExpr, FunctionArguments};
use std::ops::Range;

const FUNCTIONS: &[&str] = &["YEAR", "MEMBERS", "HAS", "EXISTS", "LATEST", "AT_LEAST", "AT_MOST"];

impl Walk<'_> {
    /// A call of one of the functions; any other is a fault that names the nearest.
    pub(super) fn function(&mut self, function: &Function, at: Range<usize>) -> Option<Node> {
        let name = function.name.to_string().to_ascii_uppercase();
        let Some(known) = FUNCTIONS.iter().find(|known| **known == name) else {
            let nearest = jc_text::similar::nearest(&name, FUNCTIONS.iter().copied());
            return self.fault(ExprFault::at(faults::EXPR_FUNCTION, at).with("function", name).nearest(nearest));
        };
        let plain = function.filter.is_none()
            && function.over.is_none()
            && function.null_treatment.is_none()
            && function.within_group.is_empty()
            && matches!(function.parameters, FunctionArguments::None);
        let args: Option<Vec<&Sql>> = match &function.args {
            FunctionArguments::List(list) if plain && list.duplicate_treatment.is_none() && list.clauses.is_empty() => {
                list.args
                    .iter()
                    .map(|arg| match arg {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
                        _ => None,
                    })
                    .collect()
            }
            _ => None,
        };
        let Some(args) = args else { return self.forbidden(function, at) };
        let (want, fits) = match *known {
            "YEAR" | "MEMBERS" | "LATEST" => ("1", args.len() == 1),
            "HAS" | "EXISTS" => ("1–2", matches!(args.len(), 1 | 2)),
            _ => ("2", args.len() == 2),
        };
        if !fits {
            let fault = ExprFault::at(faults::EXPR_ARGUMENTS, at).with("function", known);
            return self.fault(fault.with("want", want).with("found", args.len()));
        }
        let (expr, kind) = match *known {
            "YEAR" => self.year(args[0])?,
            "MEMBERS" => self.members(args[0])?,
            "LATEST" => self.latest(args[0], at.clone())?,
            "HAS" | "EXISTS" => self.has(args[0], args.get(1).copied())?,
            _ => self.at_least(args[0], args[1], *known == "AT_LEAST")?,
        };
        Some(Node { what: What::Typed(expr, kind), at })
    }

    fn argument<T>(&mut self, function: &str, want: &str, at: Range<usize>) -> Option<T> {
        self.fault(ExprFault::at(faults::EXPR_ARGUMENT_KIND, at).with("function", function).with("want", want))
    }

    fn year(&mut self, arg: &Sql) -> Option<(Expr, Type)> {
        let node = self.node(arg)?;
        match node.what {
            What::Typed(expr, Type::Date) => Some((Expr::YearOf(Box::new(expr)), Type::Number(0))),
            _ => self.argument("YEAR", "@type-date", node.at),
        }
    }

    fn members(&mut self, arg: &Sql) -> Option<(Expr, Type)> {
        let node = self.node(arg)?;
        match node.what {
            What::Typed(Expr::Column(Column::Field(ix)), Type::Refs(_)) => {
                Some((Expr::MemberCount(ix), Type::Number(0)))
            }
            _ => self.argument("MEMBERS", "@type-refs", node.at),
        }
    }

    /// `AT_LEAST(level, 'city')`: the code and those after it in the list, whose first is the lowest.
    fn at_least(&mut self, item: &Sql, code: &Sql, upwards: bool) -> Option<(Expr, Type)> {
        let function = if upwards { "AT_LEAST" } else { "AT_MOST" };
        let (item, code) = (self.node(item), self.node(code));
        let (item, code) = (item?, code?);
        let What::Typed(expr, Type::Code(list)) = item.what else {
            return self.argument(function, "@type-code", item.at);
        };
        let What::Quoted(text) = &code.what else {
            return self.argument(function, "@type-quoted", code.at);
        };
        let list = find_list(self.scope.codes, &list)?;
        if !list.ordered {
            return self.fault(ExprFault::at(faults::EXPR_UNORDERED, item.at).with("list", list.id.as_str()));
        }
        let Some(place) = list.codes.iter().position(|c| c.code == *text) else {
            return match quoted(text, &Type::Code(list.id.clone()), &code.at, self.scope.codes) {
                Err(Some(fault)) => self.fault(fault),
                _ => None,
            };
        };
        let codes = if upwards { &list.codes[place..] } else { &list.codes[..=place] };
        let list = codes.iter().map(|code| Literal::Text(code.code.clone())).collect();
        Some((Expr::In { item: Box::new(expr), list }, Type::Truth))
    }

    /// `EXISTS(award, level = 'city')`, `EXISTS(award.winner, …)`.
    fn has(&mut self, register: &Sql, condition: Option<&Sql>) -> Option<(Expr, Type)> {
        let names = self.kebab(register)?;
        let (other, at) = self.other_register(&names[0])?;
        let via = match names.as_slice() {
            [_] => self.way_back(other, at)?,
            [_, field] => self.named_way_back(other, field)?,
            _ => return self.argument("EXISTS", "@type-register", at),
        };
        let condition = match condition {
            None => Expr::Literal(Literal::Bool(true)),
            Some(sql) => {
                let here = std::mem::replace(&mut self.scope.register, other);
                let condition = self.truth(sql);
                self.scope.register = here;
                let condition = condition?;
                // Totals would have to follow it over two registers; the trace could not show it.
                if !condition.asks().is_empty() {
                    let inner = self.at(sql);
                    return self.forbidden(sql, inner);
                }
                condition
            }
        };
        Some((Expr::Exists { register: other, via, condition: Box::new(condition) }, Type::Truth))
    }

    /// `LATEST(appraisal.grade)`, `LATEST(appraisal.teacher.grade)` where several fields refer here.
    fn latest(&mut self, arg: &Sql, at: Range<usize>) -> Option<(Expr, Type)> {
        let names = self.kebab(arg)?;
        let (other, other_at) = self.other_register(&names[0])?;
        let (via, value) = match names.as_slice() {
            [_, value] => (self.way_back(other, other_at.clone())?, value),
            [_, via, value] => (self.named_way_back(other, via)?, value),
            _ => return self.argument("LATEST", "@type-register-field", at),
        };
        let register = &self.scope.registers[other];
        let value_ix = match names::find_field(register, value) {
            Ok(ix) => ix,
            Err(fault) => return self.fault(fault),
        };
        let by = match register.period {
            PeriodRule::On { field, .. } if register.fields[field].kind == Kind::Date => field,
            PeriodRule::During { from, .. } => from,
            _ => {
                let id = register.id.as_str();
                return self.fault(ExprFault::at(faults::EXPR_NO_DAY, other_at).with("register", id));
            }
        };
        let kind = Type::of(&register.fields[value_ix].kind);
        if matches!(kind, Type::Refs(_) | Type::Secret) {
            return self.fault(ExprFault::at(faults::EXPR_REFERENCE, value.1.clone()).with("field", &value.0));
        }
        Some((Expr::Latest { register: other, via, value: value_ix, by }, kind))
    }

    fn other_register(&mut self, (name, at): &Name) -> Option<(usize, Range<usize>)> {
        let id = name.replace('_', "-");
        let registers = self.scope.registers;
        if let Some(ix) = registers.iter().position(|r| r.id.as_str() == id) {
            return Some((ix, at.clone()));
        }
        let nearest = jc_text::similar::nearest(&id, registers.iter().map(|r| r.id.as_str()));
        self.fault(ExprFault::at(faults::UNKNOWN_REGISTER, at.clone()).with("register", id).nearest(nearest))
    }

    fn way_back(&mut self, other: usize, at: Range<usize>) -> Option<usize> {
        let register = &self.scope.registers[other];
        match names::ways_back(register, self.scope.register).as_slice() {
            [via] => Some(*via),
            [] => {
                let here = self.own().id.as_str().to_owned();
                let fault = ExprFault::at(faults::EXPR_NO_WAY, at).with("register", register.id.as_str());
                self.fault(fault.with("here", here))
            }
            many => {
                let fields: Vec<&str> = many.iter().map(|ix| register.fields[*ix].id.as_str()).collect();
                let fault = ExprFault::at(faults::EXPR_MANY_WAYS, at).with("register", register.id.as_str());
                self.fault(fault.with("fields", fields.join(", ")))
            }
        }
    }

    fn named_way_back(&mut self, other: usize, field: &Name) -> Option<usize> {
        let register = &self.scope.registers[other];
        let ix = match names::find_field(register, field) {
            Ok(ix) => ix,
            Err(fault) => return self.fault(fault),
        };
        if names::ways_back(register, self.scope.register).contains(&ix) {
            return Some(ix);
        }
        let here = self.own().id.as_str().to_owned();
        let fault = ExprFault::at(faults::EXPR_NO_WAY, field.1.clone());
        self.fault(fault.with("register", format!("{}.{}", register.id, field.0)).with("here", here))
    }

    /// The dotted parts of a name with hyphens, which SQL takes for minus signs: `skill-certificate.holder`.
    fn kebab(&mut self, sql: &Sql) -> Option<Vec<Name>> {
        match sql {
            Sql::BinaryOp { left, op: BinaryOperator::Minus, right } => {
                let (mut head, tail) = (self.kebab(left)?, self.kebab(right)?);
                let [register] = head.as_mut_slice() else {
                    let at = self.at(sql);
                    return self.forbidden(sql, at);
                };
                register.0 = format!("{}-{}", register.0, tail[0].0);
                register.1.end = tail[0].1.end;
                head.extend(tail.into_iter().skip(1));
                Some(head)
            }
            other => self.path(other),
        }
    }
}
