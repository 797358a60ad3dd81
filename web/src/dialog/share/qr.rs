//! The link as a QR code: to be photographed from a projector.

use yew::prelude::*;

use crate::parts;

/// The longest text that a QR code takes.
pub const LONGEST: usize = 2_953;

/// A drawn code.
#[derive(Clone, PartialEq)]
pub struct Code {
    size: usize,
    path: AttrValue,
}

/// Draws a text; the script for it is loaded when it is first wanted. The error is a sentence for the person.
pub async fn draw(text: &str) -> Result<Code, String> {
    let module = parts::module("qr.js").await?;
    parts::call_member(&module, "draw", &text.into())
        .and_then(|drawn| read(&drawn.as_string()?))
        .ok_or_else(|| "The code could not be drawn.".to_owned())
}

fn read(drawn: &str) -> Option<Code> {
    let (size, path) = drawn.split_once(' ')?;
    Some(Code { size: size.parse().ok()?, path: path.to_owned().into() })
}

/// Shows a code as large as there is room, dark on white in every theme, with the quiet zone that cameras need.
pub fn show(code: &Code) -> Html {
    const QUIET: usize = 4;
    let whole = code.size + 2 * QUIET;
    html! {
        <svg class="qr-code" viewBox={format!("-{QUIET} -{QUIET} {whole} {whole}")} role="img" aria-label="QR code of the link">
            <path d={code.path.clone()} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_script_draws_is_read() {
        let code = super::read("21 M0 0h7v1h-7z").unwrap();
        assert_eq!((code.size, code.path.as_str()), (21, "M0 0h7v1h-7z"));
        assert!(super::read("nothing").is_none());
    }
}
