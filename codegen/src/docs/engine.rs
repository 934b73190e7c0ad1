//! The template engine: built-in templates, those that replace them, and the helpers they call.

use std::borrow::Cow;

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
};
use serde_json::Value as Json;

use super::error::TemplateError;
use super::text;

/// The built-in templates by name.
const BUILTIN: &[(&str, &str)] = &[
    ("accessors", include_str!("../../templates/accessors.hbs")),
    ("channels", include_str!("../../templates/channels.hbs")),
    ("database", include_str!("../../templates/database.hbs")),
    ("groups", include_str!("../../templates/groups.hbs")),
    ("header", include_str!("../../templates/header.hbs")),
    ("key", include_str!("../../templates/key.hbs")),
    ("keys", include_str!("../../templates/keys.hbs")),
    ("layout", include_str!("../../templates/layout.hbs")),
    ("methods", include_str!("../../templates/methods.hbs")),
    ("overview", include_str!("../../templates/overview.hbs")),
    ("params", include_str!("../../templates/params.hbs")),
    ("table", include_str!("../../templates/table.hbs")),
    ("types", include_str!("../../templates/types.hbs")),
    ("units", include_str!("../../templates/units.hbs")),
];

/// The built-in templates: names and texts, in order of the names.
#[must_use]
pub fn builtin_templates() -> &'static [(&'static str, &'static str)] {
    BUILTIN
}

/// Templates ready to render.
pub(super) struct Engine(Handlebars<'static>);

impl Engine {
    /// The built-in templates with replacements and additional partials.
    pub(super) fn new(replacements: &[(String, String)]) -> Result<Self, TemplateError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        // Has an effect only on templates registered later.
        registry.set_prevent_indent(true);
        registry.register_escape_fn(text::cell);
        helpers(&mut registry);
        let replaced = |name: &str| replacements.iter().any(|(other, _)| other == name);
        let builtin = BUILTIN.iter().copied().filter(|(name, _)| !replaced(name));
        let own = replacements
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let all: Vec<(&str, &str)> = builtin.chain(own).collect();
        super::partials::check(&all)?;
        for (name, text) in all {
            registry
                .register_template_string(name, text)
                .map_err(|error| TemplateError::syntax(name, &error))?;
        }
        Ok(Self(registry))
    }

    /// Renders a template as it is; a page wants [`tidy`] afterwards.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        self.0
            .render_with_context(name, context)
            .map_err(|error| TemplateError::render(name, &error))
    }

    /// Adds the parts of a built-in template under names that no replacement can have.
    pub(super) fn add(&mut self, parts: [(&str, &str); 2]) -> Result<(), TemplateError> {
        for (name, text) in parts {
            self.0
                .register_template_string(name, text)
                .map_err(|error| TemplateError::syntax(name, &error))?;
        }
        Ok(())
    }
}

/// How a text is written.
type Write = fn(&str) -> String;

fn helpers(registry: &mut Handlebars<'static>) {
    let texts: [(&str, Write); 4] = [
        ("cell", text::cell),
        ("code", text::code),
        ("prose", text::prose),
        ("comment", comment),
    ];
    for (name, write) in texts {
        registry.register_helper(
            name,
            Box::new(
                move |h: &Helper<'_>,
                      _: &Handlebars<'_>,
                      _: &Context,
                      _: &mut RenderContext<'_, '_>,
                      out: &mut dyn Output|
                      -> HelperResult {
                    out.write(&write(&param(h, 0)?))?;
                    Ok(())
                },
            ),
        );
    }
    registry.register_helper("fence", Box::new(fence));
    registry.register_helper("link", Box::new(link));
    registry.register_helper("sends", Box::new(sends));
}

/// `{{fence "json" text}}`: a block of code.
fn fence(
    h: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    out.write(&text::fenced(&param(h, 0)?, &param(h, 1)?))?;
    Ok(())
}

/// `{{link it @root.root}}`: a code span that leads where `it.href` says.
fn link(
    h: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let it = h.param(0).map(handlebars::PathAndJson::value);
    let text = it.and_then(|it| it.get("text")).and_then(Json::as_str);
    let text = text.ok_or(RenderErrorReason::InvalidParamType("link"))?;
    let code = text::code(text);
    match it.and_then(|it| it.get("href")).and_then(Json::as_str) {
        Some(href) => out.write(&format!("[{code}]({}{href})", param(h, 1)?))?,
        None => out.write(&code)?,
    }
    Ok(())
}

/// `{{sends cases}}`: what a method sends, for a table cell.
fn sends(
    h: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let cases = h.param(0).and_then(|it| it.value().as_array());
    let cases = cases.ok_or(RenderErrorReason::InvalidParamType("array"))?;
    let mut lines = Vec::new();
    for case in cases {
        if let Some(when) = case.get("when").and_then(Json::as_str) {
            lines.push(format!("{}:", text::cell(when)));
        }
        let commands = case.get("commands").and_then(Json::as_array);
        let commands = commands.into_iter().flatten().filter_map(Json::as_str);
        lines.extend(commands.map(text::command));
    }
    out.write(&lines.join("<br>"))?;
    Ok(())
}

/// A parameter as text; nothing for `null`.
fn param<'a>(h: &'a Helper<'_>, index: usize) -> Result<Cow<'a, str>, RenderErrorReason> {
    let value = h
        .param(index)
        .ok_or(RenderErrorReason::ParamNotFoundForIndex(
            "documentation",
            index,
        ))?;
    if value.is_value_missing() {
        let path = value.relative_path().cloned();
        return Err(RenderErrorReason::MissingVariable(path));
    }
    Ok(match value.value() {
        Json::String(text) => Cow::Borrowed(text),
        Json::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    })
}

/// Text inside an HTML comment.
fn comment(text: &str) -> String {
    text::one_line(text).replace("--", "- -").replace('>', "")
}

/// No trailing blanks, never two empty lines in a row, one line break at the end; code blocks stay.
pub(super) fn tidy(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut fence: Option<String> = None;
    let mut empty = 1;
    for line in page.lines() {
        if let Some(open) = &fence {
            if line.trim_end() == open {
                fence = None;
            }
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let line = line.trim_end();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if ticks >= 3 {
            fence = Some("`".repeat(ticks));
        }
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}
