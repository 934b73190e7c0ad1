//! What a condition may say, found out before it is asked of anything.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, SourceInfo, operators as op};

use super::words::{Ty, Word};
use crate::lint::nearest;

/// Something wrong with a condition.
#[derive(Debug, PartialEq)]
pub(super) struct Mistake {
    /// Bytes of the condition.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) help: String,
}

/// Most loops inside each other: together with short conditions this bounds the time that one takes.
const LOOPS: usize = 2;
const LOOP_NAMES: [&str; 5] = [op::ALL, op::EXISTS, op::EXISTS_ONE, op::FILTER, op::MAP];

/// The type of a condition; every mistake in it is told.
pub(super) fn check(
    expression: &IdedExpr,
    info: &SourceInfo,
    words: &[Word],
    mistakes: &mut Vec<Mistake>,
) -> Ty {
    let mut checker = Checker {
        info,
        known: words
            .iter()
            .map(|(name, ty, _)| ((*name).to_owned(), *ty))
            .collect(),
        loops: 0,
        mistakes,
    };
    checker.of(expression)
}

struct Checker<'a> {
    info: &'a SourceInfo,
    /// Words of the thing, then variables of loops.
    known: Vec<(String, Ty)>,
    loops: usize,
    mistakes: &'a mut Vec<Mistake>,
}

impl Checker<'_> {
    fn of(&mut self, at: &IdedExpr) -> Ty {
        match &at.expr {
            Expr::Literal(literal) => self.literal(at, literal),
            Expr::Ident(name) => self.word(at, name),
            Expr::Select(select) if !select.test => self.select(at, &select.operand, &select.field),
            Expr::List(list) => {
                let items: Vec<Ty> = list.elements.iter().map(|item| self.of(item)).collect();
                self.list(at, &items)
            }
            Expr::Call(call) => self.call(at, call),
            _ => self.unknown_form(at),
        }
    }

    fn literal(&mut self, at: &IdedExpr, literal: &LiteralValue) -> Ty {
        match literal {
            LiteralValue::Boolean(_) => Ty::Bool,
            LiteralValue::Int(_) => Ty::Int,
            LiteralValue::Double(_) => Ty::Double,
            LiteralValue::String(_) => Ty::Text,
            LiteralValue::Null => {
                self.tell(
                    at,
                    "nothing is ever missing",
                    "`null`",
                    "compare with an empty text, 0 or `false`",
                );
                Ty::Unknown
            }
            LiteralValue::Bytes(_) | LiteralValue::UInt(_) => self.unknown_form(at),
        }
    }

    fn word(&mut self, at: &IdedExpr, name: &str) -> Ty {
        let found = self.known.iter().rev().find(|(known, _)| known == name);
        if let Some((_, ty)) = found {
            return *ty;
        }
        let names: Vec<String> = self.known.iter().map(|(name, _)| name.clone()).collect();
        self.unknown_word(at, name, &names);
        Ty::Unknown
    }

    fn select(&mut self, at: &IdedExpr, operand: &IdedExpr, field: &str) -> Ty {
        match self.of(operand) {
            Ty::Record(_, words) => match words.iter().find(|(name, _, _)| *name == field) {
                Some((_, ty, _)) => *ty,
                None => {
                    let names: Vec<String> = words.iter().map(|word| word.0.to_owned()).collect();
                    self.unknown_word(at, field, &names);
                    Ty::Unknown
                }
            },
            Ty::Unknown => Ty::Unknown,
            other => {
                let message = format!("{other} has nothing called `{field}`");
                self.tell(at, &message, "not a record", "remove what follows the dot");
                Ty::Unknown
            }
        }
    }

    fn list(&mut self, at: &IdedExpr, items: &[Ty]) -> Ty {
        let first = items.first().copied().unwrap_or(Ty::Unknown);
        if let Some(other) = items.iter().find(|item| !alike(first, **item)) {
            let message = format!("a list of {first} and {other}");
            self.tell(
                at,
                &message,
                "of different types",
                "let all items be of one type",
            );
        }
        list_of(first)
    }

    fn call(&mut self, at: &IdedExpr, call: &CallExpr) -> Ty {
        let name = call.func_name.as_str();
        match (&call.target, call.args.as_slice()) {
            (None, [a, b]) => self.binary(at, name, a, b),
            (None, [a]) if name == op::LOGICAL_NOT => self.want(a, Ty::Bool, Ty::Bool),
            (None, [a]) if name == op::NEGATE => self.number(a),
            (None, [condition, a, b]) if name == op::CONDITIONAL => {
                self.want(condition, Ty::Bool, Ty::Bool);
                self.same(at, a, b)
            }
            (None, [a]) if name == "size" => self.size(a),
            (Some(target), []) if name == "size" => self.size(target),
            (Some(target), [text]) if matches!(name, "startsWith" | "endsWith" | "contains") => {
                self.want(target, Ty::Text, Ty::Bool);
                self.want(text, Ty::Text, Ty::Bool)
            }
            (Some(target), [variable, body]) if LOOP_NAMES.contains(&name) => {
                self.each(at, name, target, variable, body)
            }
            _ => {
                self.unknown_function(at, name);
                Ty::Unknown
            }
        }
    }

    fn binary(&mut self, at: &IdedExpr, name: &str, a: &IdedExpr, b: &IdedExpr) -> Ty {
        match name {
            op::LOGICAL_AND | op::LOGICAL_OR => {
                self.want(a, Ty::Bool, Ty::Bool);
                self.want(b, Ty::Bool, Ty::Bool)
            }
            op::EQUALS | op::NOT_EQUALS => {
                self.same(at, a, b);
                Ty::Bool
            }
            op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS => {
                let ty = self.same(at, a, b);
                if !matches!(ty, Ty::Int | Ty::Double | Ty::Text | Ty::Unknown) {
                    self.tell(
                        at,
                        &format!("{ty} is neither less nor greater"),
                        "has no order",
                        "use `==` or `!=`",
                    );
                }
                Ty::Bool
            }
            op::ADD | op::SUBSTRACT | op::MULTIPLY => {
                let ty = self.same(at, a, b);
                let adds = name == op::ADD && ty == Ty::Text;
                if !adds && !matches!(ty, Ty::Int | Ty::Double | Ty::Unknown) {
                    self.tell(
                        at,
                        &format!("{ty} cannot be computed with"),
                        "not numbers",
                        "use numbers",
                    );
                    return Ty::Unknown;
                }
                ty
            }
            op::IN => {
                let (item, list) = (self.of(a), self.of(b));
                match list {
                    Ty::List(of) if alike(*of, item) => {}
                    Ty::Unknown => {}
                    Ty::List(of) => {
                        let message = format!("{item} is never in a list of {of}");
                        self.tell(
                            at,
                            &message,
                            "of different types",
                            "look for something of the list's type",
                        );
                    }
                    other => {
                        let message = format!("nothing is in {other}");
                        self.tell(
                            b,
                            &message,
                            "not a list",
                            "use `contains` for texts, or write a list: `[\"a\", \"b\"]`",
                        );
                    }
                }
                Ty::Bool
            }
            _ => {
                self.unknown_function(at, name);
                Ty::Unknown
            }
        }
    }

    fn each(
        &mut self,
        at: &IdedExpr,
        name: &str,
        list: &IdedExpr,
        variable: &IdedExpr,
        body: &IdedExpr,
    ) -> Ty {
        let item = match self.of(list) {
            Ty::List(of) => *of,
            Ty::Unknown => Ty::Unknown,
            other => {
                let help = format!("put a list before `.{name}`");
                self.tell(list, &format!("{other} has no items"), "not a list", &help);
                Ty::Unknown
            }
        };
        let Expr::Ident(variable_name) = &variable.expr else {
            let help = format!("write `.{name}(x, …)`");
            self.tell(
                variable,
                "the first argument names the item",
                "not a name",
                &help,
            );
            return Ty::Unknown;
        };
        if self.loops == LOOPS {
            let message = format!("more than {LOOPS} loops inside each other");
            self.tell(at, &message, "too deep", "make several rules of it");
            return Ty::Unknown;
        }
        self.loops += 1;
        self.known.push((variable_name.clone(), item));
        let result = if name == op::MAP {
            list_of(self.of(body))
        } else {
            self.want(body, Ty::Bool, Ty::Bool)
        };
        self.known.pop();
        self.loops -= 1;
        if name == op::FILTER {
            list_of(item)
        } else {
            result
        }
    }

    fn size(&mut self, of: &IdedExpr) -> Ty {
        match self.of(of) {
            Ty::Text | Ty::List(_) | Ty::Unknown => {}
            other => self.tell(
                of,
                &format!("{other} has no size"),
                "neither text nor list",
                "remove `size`",
            ),
        }
        Ty::Int
    }

    fn number(&mut self, at: &IdedExpr) -> Ty {
        let ty = self.of(at);
        if !matches!(ty, Ty::Int | Ty::Double | Ty::Unknown) {
            self.tell(
                at,
                &format!("{ty} is no number"),
                "not a number",
                "remove the `-`",
            );
            return Ty::Unknown;
        }
        ty
    }

    /// Demands a type of an expression; the whole is then of type `then`.
    fn want(&mut self, at: &IdedExpr, wanted: Ty, then: Ty) -> Ty {
        let ty = self.of(at);
        if !alike(ty, wanted) {
            let help = match wanted {
                Ty::Bool => "compare it with something: `owner != \"\"`",
                _ => "use a text",
            };
            self.tell(
                at,
                &format!("this is {ty}"),
                &format!("{wanted} is needed"),
                help,
            );
        }
        then
    }

    fn same(&mut self, at: &IdedExpr, a: &IdedExpr, b: &IdedExpr) -> Ty {
        let (a, b) = (self.of(a), self.of(b));
        if !alike(a, b) {
            let message = format!("{a} stands beside {b}");
            let help = match (a, b) {
                (Ty::Text, _) => "put a text in quotes: `\"…\"`",
                (Ty::Int, Ty::Double) | (Ty::Double, Ty::Int) => {
                    "write both with or both without a fraction"
                }
                _ => "compare things of one type",
            };
            self.tell(at, &message, "of different types", help);
            return Ty::Unknown;
        }
        if a == Ty::Unknown { b } else { a }
    }

    fn unknown_word(&mut self, at: &IdedExpr, name: &str, names: &[String]) {
        let help = match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the words here are `{}`", names.join("`, `")),
        };
        self.tell(at, &format!("there is no `{name}` here"), "unknown", &help);
    }

    fn unknown_function(&mut self, at: &IdedExpr, name: &str) {
        let name = name.trim_matches('_').trim_start_matches('@');
        const KNOWN: &str = "there are `size(x)`, `startsWith`, `endsWith`, `contains`, `all`, `exists`, `exists_one`, `filter`, `map`";
        self.tell(at, &format!("`{name}` cannot be used so"), "unknown", KNOWN);
    }

    fn unknown_form(&mut self, at: &IdedExpr) -> Ty {
        const HELP: &str = "use texts, whole numbers, numbers with a fraction, `true`, `false`, lists and the words of the thing";
        self.tell(at, "a condition has no use for this", "not available", HELP);
        Ty::Unknown
    }

    fn tell(&mut self, at: &IdedExpr, message: &str, label: &str, help: &str) {
        let range = range(at, self.info);
        self.mistakes.push(Mistake {
            range,
            message: message.to_owned(),
            label: label.to_owned(),
            help: help.to_owned(),
        });
    }
}

fn alike(a: Ty, b: Ty) -> bool {
    match (a, b) {
        (Ty::Unknown, _) | (_, Ty::Unknown) => true,
        (Ty::List(a), Ty::List(b)) => alike(*a, *b),
        (Ty::Record(a, _), Ty::Record(b, _)) => a == b,
        (a, b) => a == b,
    }
}

/// A list of a type; lists of lists are of no known type.
const fn list_of(item: Ty) -> Ty {
    match item {
        Ty::Bool => Ty::List(&Ty::Bool),
        Ty::Int => Ty::List(&Ty::Int),
        Ty::Double => Ty::List(&Ty::Double),
        Ty::Text => Ty::List(&Ty::Text),
        Ty::List(_) | Ty::Record(..) | Ty::Unknown => Ty::List(&Ty::Unknown),
    }
}

/// The bytes of the condition that an expression takes up; the tokens of its parts are what is known.
fn range(at: &IdedExpr, info: &SourceInfo) -> Range<usize> {
    let nothing = Range {
        start: usize::MAX,
        end: 0,
    };
    let mut range = nothing;
    widen(at, info, &mut range);
    let characters = info.source.char_indices().map(|(at, _)| at);
    let bytes: Vec<usize> = characters.chain([info.source.len()]).collect();
    let byte = |character: usize| bytes.get(character).copied().unwrap_or(info.source.len());
    if range.start > range.end {
        return 0..info.source.len();
    }
    byte(range.start)..byte(range.end)
}

fn widen(at: &IdedExpr, info: &SourceInfo, range: &mut Range<usize>) {
    if let Some((start, stop)) = info.offset_for(at.id) {
        range.start = range.start.min(start as usize);
        range.end = range.end.max(stop as usize + 1);
    }
    match &at.expr {
        Expr::Select(select) => {
            widen(&select.operand, info, range);
            range.end = range.end.max(range.end + select.field.chars().count());
        }
        Expr::List(list) => list
            .elements
            .iter()
            .for_each(|item| widen(item, info, range)),
        Expr::Call(call) => {
            for part in call.target.iter().map(|target| &**target).chain(&call.args) {
                widen(part, info, range);
            }
        }
        _ => {}
    }
}
