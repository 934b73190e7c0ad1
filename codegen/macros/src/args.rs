//! What stands between the attribute's parentheses.

use proc_macro2::Span;
use redis_schema_codegen::rust::Options;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Path, Result, Token};

const USE: &str = "write the path of a schema: `#[redis_schema(\"shop.redis.yaml\")]`";

/// The attribute's arguments.
pub(crate) struct Args {
    /// Path of the schema.
    pub(crate) schema: LitStr,
    /// Name of the type in the schema that a struct stands for; the struct's own unless said otherwise.
    pub(crate) ty: Option<LitStr>,
    /// Path of the schema's module as seen from a struct.
    pub(crate) module: Option<Path>,
    /// With the path of the runtime crate.
    pub(crate) options: Options,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut schema, mut ty, mut module, mut options) = (None, None, None, None);
        while !input.is_empty() {
            let (name, text) = argument(input)?;
            let twice = match name.to_string().as_str() {
                "schema" => schema.replace(text).is_some(),
                "type" => ty.replace(text).is_some(),
                "module" => module.replace(path(&text)?).is_some(),
                "crate" => options.replace(krate(&text)?).is_some(),
                _ => return Err(Error::new(name.span(), unknown(&name))),
            };
            if twice {
                return Err(Error::new(name.span(), format!("`{name}` is given twice")));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let schema = schema.ok_or_else(|| Error::new(Span::call_site(), USE))?;
        Ok(Self {
            schema,
            ty,
            module,
            options: options.unwrap_or_default(),
        })
    }
}

/// `name = "text"`; a text alone is the schema's path.
fn argument(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        return Ok((Ident::new("schema", text.span()), text));
    }
    let name = input.call(Ident::parse_any).map_err(|_| input.error(USE))?;
    input.parse::<Token![=]>().map_err(|_| input.error(USE))?;
    let wanted = |_| input.error("expected a text in double quotes");
    Ok((name, input.parse().map_err(wanted)?))
}

fn path(text: &LitStr) -> Result<Path> {
    let wanted = |_| Error::new(text.span(), "expected a path, such as \"crate::shop\"");
    text.parse_with(Path::parse_mod_style).map_err(wanted)
}

fn krate(text: &LitStr) -> Result<Options> {
    let options = Options::new().typed_krate(&text.value());
    let wanted = "expected a path that means the same in every module, such as \"::redis_schema\" or \"crate::redis\"";
    options.ok_or_else(|| Error::new(text.span(), wanted))
}

fn unknown(name: &Ident) -> String {
    format!(
        "there is no argument `{name}`: the path stands alone, `type`, `module` and `crate` take a text each"
    )
}
