//! Below the editor: how long the policy is beside AWS's quota, and what can be done to the whole text.

use iam_evaluator::{PolicySize, PolicyType};
use yew::prelude::*;

/// From this share of the quota on, in percent, the meter warns.
const NEARLY_FULL: usize = 90;

/// Draws the foot. `on_format` lays the text out; none where it can only be read.
pub fn foot(text: &str, policy_type: PolicyType, on_format: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <div class="editor-foot">
            { meter(text, policy_type) }
            if let Some(onclick) = on_format {
                <button type="button" class="button small quiet" {onclick} title="Shift+Alt+F">{ "Format document" }</button>
            }
        </div>
    }
}

fn meter(text: &str, policy_type: PolicyType) -> Html {
    let Some(size) = PolicySize::of(text, policy_type) else {
        return html! { <p class="editor-size">{ "Its service sets how long it may be." }</p> };
    };
    let PolicySize { counted, limit, stripped, .. } = size;
    let level = match () {
        () if counted > limit => "over",
        () if counted * 100 >= limit * NEARLY_FULL => "near",
        () => "within",
    };
    let rule = match (size.white_space_counts, size.console_strips) {
        (false, _) => "white space between the parts is not counted".to_owned(),
        (true, true) => format!("white space counted; {stripped} as the console saves it"),
        (true, false) => "white space counted".to_owned(),
    };
    let words = format!("{} of {} characters", grouped(counted), grouped(limit));
    html! {
        <p class={classes!("editor-size", level)}>
            <meter min="0" max={limit.to_string()} high={(limit * NEARLY_FULL / 100).to_string()} optimum="0"
                value={counted.min(limit).to_string()} aria-label="Length of this policy">{ words.clone() }</meter>
            <span class="editor-size-words">{ words }</span>
            <span class="editor-size-rule">{ rule }</span>
        </p>
    }
}

/// A number with its thousands parted: `10,240`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_thousands() {
        assert_eq!(
            [0, 999, 1_000, 10_240, 1_234_567].map(grouped),
            ["0", "999", "1,000", "10,240", "1,234,567"]
        );
    }

    #[derive(Properties, PartialEq)]
    struct FootProps {
        text: String,
        policy_type: PolicyType,
    }

    #[component]
    fn Foot(props: &FootProps) -> Html {
        foot(&props.text, props.policy_type, None)
    }

    fn shown(text: String, policy_type: PolicyType) -> String {
        crate::testing::html::<Foot>(FootProps { text, policy_type })
    }

    #[test]
    fn the_meter_counts_as_aws_counts_the_type() {
        let text = format!("{{ \"a\": \"{}\" }}", "x".repeat(10_000));
        let scp = shown(text.clone(), PolicyType::ServiceControlPolicy);
        assert!(
            scp.contains("10,011 of 10,240 characters") && scp.contains("editor-size near"),
            "{scp}"
        );
        assert!(scp.contains("10008 as the console saves it"), "{scp}");
        let identity = shown(text.clone(), PolicyType::Identity);
        assert!(
            identity.contains("10,008 of 6,144 characters")
                && identity.contains("editor-size over"),
            "{identity}"
        );
        assert!(shown(text, PolicyType::Resource).contains("Its service sets how long"));
    }
}
