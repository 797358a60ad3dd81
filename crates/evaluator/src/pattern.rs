//! Patterns with `*`, `?` and policy variables, read once and matched without allocation.
//!
//! Follows the IAM User Guide, "IAM JSON policy elements: Resource" (wildcards) and "IAM policy elements: Variables
//! and tags". Matching takes time at most linear in the pattern's length times the text's, whatever the pattern.

use std::borrow::Cow;

use crate::condition::ConditionKey;
use crate::fold::eq_ignoring_case;
use crate::unknown::Step;

/// A text in which some characters stand for others.
///
/// Which characters do is fixed when the pattern is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    tokens: Box<[Token]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(Box<str>),
    /// `*`: any run of characters, also none.
    AnyRun,
    /// `?`: exactly one character.
    AnyOne,
    /// `${key}` or `${key, 'default'}`.
    Variable(Box<Variable>),
}

/// A policy variable: the value of a condition key, put into a pattern as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The key whose value is put in.
    pub key: ConditionKey,
    /// What stands in where the request has no such key.
    pub default: Option<Box<str>>,
}

/// Which characters of a pattern are special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// `*` and `?` are wildcards.
    pub wildcards: bool,
    /// `${…}` is a variable (only in policies of version 2012-10-17).
    pub variables: bool,
}

/// Gives the variables of a pattern their values.
pub(crate) trait Values {
    /// The value of a variable, its default included; `None` where it has none.
    fn value<'v>(&'v self, variable: &'v Variable) -> Option<Cow<'v, str>>;
}

impl Pattern {
    /// Reads a pattern. What looks like a variable but is none stays plain text and is given to `malformed`.
    pub(crate) fn parse(text: &str, syntax: Syntax, malformed: &mut dyn FnMut(&str)) -> Self {
        let mut tokens = Tokens::default();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if syntax.variables && rest.starts_with("${") {
                rest = tokens.variable(rest, malformed);
                continue;
            }
            match character {
                '*' if syntax.wildcards => tokens.any_run(),
                '?' if syntax.wildcards => tokens.push(Token::AnyOne),
                _ => tokens.literal.push(character),
            }
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
        Self { tokens: tokens.finish() }
    }

    /// Whether the pattern is `*` and matches every text.
    #[must_use]
    pub fn is_any(&self) -> bool {
        matches!(*self.tokens, [Token::AnyRun])
    }

    /// The text that alone matches, where the pattern has neither wildcard nor variable.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match &*self.tokens {
            [] => Some(""),
            [Token::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The text that every match begins with.
    pub(crate) fn beginning(&self) -> &str {
        match self.tokens.first() {
            Some(Token::Literal(text)) => text,
            _ => "",
        }
    }

    /// Whether the last character is `*`.
    pub(crate) fn ends_with_any_run(&self) -> bool {
        matches!(self.tokens.last(), Some(Token::AnyRun))
    }

    /// The variables, from left to right.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Variable(variable) => Some(&**variable),
            _ => None,
        })
    }

    /// Whether every variable has a value; a pattern with a variable that has none matches nothing.
    pub(crate) fn resolves(&self, values: &impl Values) -> bool {
        self.variables().all(|variable| values.value(variable).is_some())
    }

    /// Whether `text` matches, exactly and case-sensitively.
    pub(crate) fn matches(&self, text: &str, values: &impl Values) -> bool {
        let mut rest = text;
        let mut position = 0;
        // Where to go on when a token does not fit: behind the last `*`, with the text from its next character on.
        // Earlier `*` need not be tried again: the last one can take over whatever they would leave.
        let mut retry: Option<(usize, &str)> = None;
        loop {
            let after = match self.tokens.get(position) {
                None if rest.is_empty() => return true,
                None => None,
                Some(Token::AnyRun) => {
                    if position + 1 == self.tokens.len() {
                        return true;
                    }
                    retry = Some((position + 1, rest));
                    Some(rest)
                }
                Some(Token::AnyOne) => skip_one(rest),
                Some(Token::Literal(literal)) => rest.strip_prefix(&**literal),
                Some(Token::Variable(variable)) => match values.value(variable) {
                    Some(value) => rest.strip_prefix(&*value),
                    None => return false,
                },
            };
            if let Some(after) = after {
                rest = after;
                position += 1;
                continue;
            }
            let Some((behind_run, text)) = retry else { return false };
            let Some(shorter) = skip_one(text) else { return false };
            retry = Some((behind_run, shorter));
            (position, rest) = (behind_run, shorter);
        }
    }

    /// Whether any of these texts matches; each is an end of the one before it.
    ///
    /// Once what stands before the first `*` fits, the `*` can take over whatever a later start would leave out, so
    /// the first start that fits so far decides.
    pub(crate) fn matches_from_any(&self, starts: &[&str], values: &impl Values) -> bool {
        let run = self.tokens.iter().position(|token| *token == Token::AnyRun);
        let Some(before) = run.and_then(|at| self.tokens.get(..at)) else {
            return starts.iter().any(|start| self.matches(start, values));
        };
        let begins = |start: &&&str| {
            let mut rest = **start;
            before.iter().all(|token| match token.strip_from(rest, values) {
                Some(after) => {
                    rest = after;
                    true
                }
                None => false,
            })
        };
        starts.iter().find(begins).is_some_and(|start| self.matches(start, values))
    }

    /// Whether `text` equals the pattern with its variables filled in, ignoring case.
    pub(crate) fn equals_ignoring_case(&self, text: &str, values: &impl Values) -> bool {
        match self.as_literal() {
            Some(literal) => eq_ignoring_case(literal, text),
            None => self.fill(values).is_some_and(|filled| eq_ignoring_case(&filled, text)),
        }
    }

    /// The pattern as steps that are read one character at a time; `None` where a variable has no value.
    ///
    /// Within the first five parts of an ARN wildcards do not cross colons.
    pub(crate) fn steps(&self, within_field: bool, values: &impl Values) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        for token in &self.tokens {
            match token {
                Token::Literal(text) => steps.extend(text.chars().map(Step::Exactly)),
                Token::AnyRun if within_field => steps.push(Step::RunInField),
                Token::AnyRun => steps.push(Step::Run),
                Token::AnyOne if within_field => steps.push(Step::OneInField),
                Token::AnyOne => steps.push(Step::One),
                Token::Variable(variable) => {
                    steps.extend(values.value(variable)?.chars().map(Step::Exactly))
                }
            }
        }
        Some(steps)
    }

    /// The text with variables filled in; `None` where one has no value.
    pub(crate) fn fill(&self, values: &impl Values) -> Option<String> {
        let mut filled = String::new();
        for token in &self.tokens {
            match token {
                Token::Literal(text) => filled.push_str(text),
                Token::AnyRun => filled.push('*'),
                Token::AnyOne => filled.push('?'),
                Token::Variable(variable) => filled.push_str(&values.value(variable)?),
            }
        }
        Some(filled)
    }
}

impl Token {
    /// What follows this token in a text that begins with it; a `*` takes nothing.
    fn strip_from<'t>(&self, text: &'t str, values: &impl Values) -> Option<&'t str> {
        match self {
            Self::Literal(literal) => text.strip_prefix(&**literal),
            Self::AnyRun => Some(text),
            Self::AnyOne => skip_one(text),
            Self::Variable(variable) => text.strip_prefix(&*values.value(variable)?),
        }
    }
}

fn skip_one(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

/// The tokens read so far, with the literal that is still growing.
#[derive(Default)]
struct Tokens {
    tokens: Vec<Token>,
    literal: String,
}

impl Tokens {
    fn push(&mut self, token: Token) {
        if !self.literal.is_empty() {
            self.tokens.push(Token::Literal(std::mem::take(&mut self.literal).into()));
        }
        self.tokens.push(token);
    }

    /// `**` means what `*` means.
    fn any_run(&mut self) {
        if !(self.literal.is_empty() && self.tokens.last() == Some(&Token::AnyRun)) {
            self.push(Token::AnyRun);
        }
    }

    /// Reads the variable at the start of `rest` and returns what follows it.
    fn variable<'a>(&mut self, rest: &'a str, malformed: &mut dyn FnMut(&str)) -> &'a str {
        let Some((inside, after)) =
            rest.strip_prefix("${").and_then(|inside| inside.split_once('}'))
        else {
            malformed(rest);
            self.literal.push_str(rest);
            return "";
        };
        match inside {
            "*" | "?" | "$" => self.literal.push_str(inside),
            _ => match Variable::parse(inside) {
                Some(variable) => self.push(Token::Variable(Box::new(variable))),
                None => {
                    malformed(inside);
                    self.literal.push_str("${");
                    self.literal.push_str(inside);
                    self.literal.push('}');
                }
            },
        }
        after
    }

    fn finish(mut self) -> Box<[Token]> {
        if !self.literal.is_empty() {
            self.tokens.push(Token::Literal(self.literal.into()));
        }
        self.tokens.into()
    }
}

impl Variable {
    /// Reads what stands between `${` and `}`: a key, or a key, a comma, one space and a default in single quotes.
    fn parse(inside: &str) -> Option<Self> {
        let (key, default) = match inside.split_once(',') {
            None => (inside, None),
            Some((key, default)) => {
                let default = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
                (key, Some(default.into()))
            }
        };
        let key = key.trim();
        let is_name = !key.is_empty() && !key.contains(['$', '{', '*', '?', '\'']);
        is_name.then(|| Self { key: ConditionKey::new(key), default })
    }
}
