//! "Effective permissions = what IAM grants ∩ what every level leaves", drawn.

use yew::prelude::*;

/// Two circles that overlap, with their words.
pub fn show() -> Html {
    html! {
        <figure class="compare-picture">
            <svg viewBox="-30 0 700 220" role="img" aria-labelledby="compare-picture-title">
                <title id="compare-picture-title">{ "Effective permissions are what IAM grants and every level of the organization leaves: the part where two circles overlap." }</title>
                <circle class="compare-circle iam" cx="250" cy="110" r="100" />
                <circle class="compare-circle organizations" cx="390" cy="110" r="100" />
                <path class="compare-both" d="M320 38.6A100 100 0 0 1 320 181.4A100 100 0 0 1 320 38.6Z" />
                <g class="compare-words" text-anchor="middle">
                    <text x="212" y="104">{ "what IAM" }</text>
                    <text x="212" y="126">{ "grants" }</text>
                    <text x="428" y="104">{ "what every" }</text>
                    <text x="428" y="126">{ "level leaves" }</text>
                    <text class="compare-sign" x="320" y="121">{ "∩" }</text>
                </g>
                <g class="compare-side-words">
                    <text x="128" y="32" text-anchor="end">{ "users, groups, roles" }</text>
                    <text x="128" y="52" text-anchor="end">{ "and their policies" }</text>
                    <text x="512" y="32">{ "SCPs on the root," }</text>
                    <text x="512" y="52">{ "each OU, the account" }</text>
                </g>
            </svg>
            <figcaption>
                <strong>{ "Effective permissions" }</strong>{ " = what IAM grants ∩ what every level of the organization leaves" }
            </figcaption>
        </figure>
    }
}
