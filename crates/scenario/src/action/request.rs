//! The list of requests.

use std::sync::Arc;

use super::edit::no_request;
use crate::{Document, Exception, Request};

pub(super) fn update(
    document: &mut Document,
    index: usize,
    request: &Arc<Request>,
) -> Result<(), Exception> {
    *document.requests.get_mut(index).ok_or_else(|| no_request(index))? = Arc::clone(request);
    Ok(())
}

pub(super) fn duplicate(document: &mut Document, index: usize) -> Result<(), Exception> {
    let request = document.requests.get(index).ok_or_else(|| no_request(index))?;
    let copy = Request { name: format!("{} (copy)", request.label()), ..(**request).clone() };
    document.requests.insert(index + 1, Arc::new(copy));
    Ok(())
}

pub(super) fn remove(document: &mut Document, index: usize) -> Result<(), Exception> {
    take(document, index).map(drop)
}

pub(super) fn move_to(document: &mut Document, from: usize, to: usize) -> Result<(), Exception> {
    let request = take(document, from)?;
    document.requests.insert(to.min(document.requests.len()), request);
    Ok(())
}

fn take(document: &mut Document, index: usize) -> Result<Arc<Request>, Exception> {
    match document.requests.get(index) {
        Some(_) => Ok(document.requests.remove(index)),
        None => Err(no_request(index)),
    }
}
