//! Tags as a table: each row a key and its value, the last row a new one.

use iam_scenario::Pairs;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{card, nothing, remove_button};

/// The card with the tags; `hint` says which condition keys see them. Where they can only be read, there is no new row.
pub fn tags_card(
    tags: &Pairs<String>,
    hint: &str,
    read_only: bool,
    on_tags: &Callback<Pairs<String>>,
) -> Html {
    let rows = tags.iter().enumerate().map(|(index, (key, value))| {
        row(index, Some((key, value.as_str())), tags, read_only, on_tags)
    });
    let contents = html! {
        <>
            if tags.is_empty() { { nothing("No tags.") } }
            <div class="tag-table" role="group" aria-label="Tags">
                { for rows }
                if !read_only { { row(tags.len(), None, tags, false, on_tags) } }
            </div>
            <p class="hint">{ hint.to_owned() }</p>
        </>
    };
    card("tags-heading", "Tags", Html::default(), contents)
}

fn row(
    index: usize,
    tag: Option<(&str, &str)>,
    tags: &Pairs<String>,
    read_only: bool,
    on_tags: &Callback<Pairs<String>>,
) -> Html {
    let (key, value) = tag.unwrap_or_default();
    let change = |is_key: bool| {
        let (tags, on_tags) = (tags.clone(), on_tags.clone());
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            on_tags.emit(changed(&tags, index, is_key, text.trim()));
        })
    };
    let name = if key.is_empty() { "a new tag".to_owned() } else { key.to_owned() };
    let remove = tag.map(|(key, _)| {
        let (tags, key) = (tags.clone(), key.to_owned());
        let remove = on_tags.reform(move |_: MouseEvent| {
            let mut tags = tags.clone();
            tags.remove(&key);
            tags
        });
        remove_button(format!("Remove the tag {name}"), remove)
    });
    html! {
        <div class="tag-row" key={format!("{index} {key}")}>
            <input aria-label={format!("Key of {name}")} placeholder="key" value={key.to_owned()} onchange={change(true)} readonly={read_only} autocomplete="off" spellcheck="false" />
            if tag.is_some() {
                <input aria-label={format!("Value of {name}")} placeholder="value" value={value.to_owned()} onchange={change(false)} readonly={read_only} autocomplete="off" spellcheck="false" />
            }
            { remove }
        </div>
    }
}

/// The tags after one field was changed; a row whose key was emptied goes.
fn changed(tags: &Pairs<String>, index: usize, is_key: bool, text: &str) -> Pairs<String> {
    let mut rows: Vec<(String, String)> =
        tags.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
    match rows.get_mut(index) {
        Some((key, _)) if is_key => text.clone_into(key),
        Some((_, value)) => text.clone_into(value),
        None => rows.push((text.to_owned(), String::new())),
    }
    rows.retain(|(key, _)| !key.is_empty());
    let mut all = Pairs::default();
    for (key, value) in rows {
        all.set(key, value);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_changes_comes_and_goes() {
        let tags = changed(&Pairs::default(), 0, true, "team");
        let tags = changed(&tags, 0, false, "blue");
        assert_eq!(tags.get("team").map(String::as_str), Some("blue"));
        let tags = changed(&tags, 0, true, "squad");
        assert_eq!((tags.get("team"), tags.get("squad").map(String::as_str)), (None, Some("blue")));
        assert!(changed(&tags, 0, true, "").is_empty());
    }
}
