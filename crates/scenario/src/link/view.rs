//! What is looked at in a scenario: the question that is asked and what is open. It stands behind the scenario in a link.

use super::LinkError;
use super::s1::request;
use super::s1::stream::{Reader, Writer};
use crate::Request;

/// What a link shows of its scenario; by default its first request and whatever the page opens first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// The question that is asked.
    pub asked: Asked,
    /// What is open, in words that the page makes and understands; empty for what it opens first.
    pub open: String,
}

/// The question that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Asked {
    /// The first request of the scenario, or the empty question where it has none.
    #[default]
    First,
    /// The request at this place of the scenario, from 0 on.
    Number(usize),
    /// A question that the scenario does not list.
    Unsaved(Box<Request>),
}

impl View {
    /// Writes it behind a scenario; what is usual takes no room.
    pub(super) fn write(&self, writer: &mut Writer) {
        if *self == View::default() {
            return;
        }
        match &self.asked {
            Asked::First => writer.number(0),
            Asked::Unsaved(request) => {
                writer.number(1);
                request::write(writer, request);
            }
            Asked::Number(number) => writer.number(number + 2),
        }
        writer.text(&self.open);
    }

    /// Reads what stands behind a scenario.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<View, LinkError> {
        if reader.is_at_end() {
            return Ok(View::default());
        }
        let asked = match reader.number()? {
            0 => Asked::First,
            1 => Asked::Unsaved(Box::new(request::read(reader)?)),
            number => Asked::Number(number - 2),
        };
        Ok(View { asked, open: reader.text()? })
    }
}
