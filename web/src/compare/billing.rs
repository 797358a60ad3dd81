//! Consolidated billing as a small calculation: what the accounts of an organization pay together and apart.
//!
//! Follows the AWS Billing User Guide, "Consolidated billing for AWS Organizations" and "Effective billing": all accounts
//! count as one for volume prices; a Reserved Instance is used by its owner first and then by the other accounts, unless
//! sharing is switched off for one of the two. The prices are the guide's example, not today's.

#[cfg(test)]
mod tests;

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The example's prices: dollars for a TB (of 1,024 GB) in cents, up to this many TB in all.
const TIERS: [(u32, u64); 2] = [(10, 17_408), (u32::MAX, 13_312)];

/// What one account uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Its name.
    pub name: &'static str,
    /// TB transferred in the month.
    pub terabytes: u32,
    /// Instances that run the whole month.
    pub running: u32,
    /// Reserved Instances that it has bought.
    pub reserved: u32,
    /// Whether it takes part in the sharing of discounts.
    pub sharing: bool,
}

const BEGINNING: [Usage; 3] = [
    Usage { name: "Production", terabytes: 8, running: 2, reserved: 5, sharing: true },
    Usage { name: "Data", terabytes: 4, running: 3, reserved: 0, sharing: true },
    Usage { name: "Development", terabytes: 0, running: 2, reserved: 0, sharing: false },
];

/// What so many TB cost, in cents.
pub fn price(terabytes: u32) -> u64 {
    let (mut left, mut cents) = (terabytes, 0);
    for (size, price) in TIERS {
        let here = left.min(size);
        cents += u64::from(here) * price;
        left -= here;
    }
    cents
}

/// How many instances of each account a Reserved Instance pays for: its own, and those of others.
pub fn covered(usage: &[Usage]) -> Vec<(u32, u32)> {
    let own = |it: &Usage| it.running.min(it.reserved);
    let free = |it: &Usage| if it.sharing { it.reserved - own(it) } else { 0 };
    let mut pool: u32 = usage.iter().map(free).sum();
    let rows = usage.iter().map(|it| {
        let wanted = if it.sharing { it.running - own(it) } else { 0 };
        let shared = wanted.min(pool);
        pool -= shared;
        (own(it), shared)
    });
    rows.collect()
}

/// Cents as dollars.
fn dollars(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The calculation, with numbers that can be changed.
#[component]
pub fn Bill() -> Html {
    let usage = use_state(|| BEGINNING);
    let together = price(usage.iter().map(|it| it.terabytes).sum());
    let apart: u64 = usage.iter().map(|it| price(it.terabytes)).sum();
    let covered = covered(&*usage);
    html! {
        <section class="bill" aria-label="Consolidated billing, calculated">
            <table>
                <caption>{ "Change the numbers: one bill for three accounts." }</caption>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{ "TB out" }</th><th scope="col">{ "Instances" }</th>
                        <th scope="col">{ "Reserved" }</th><th scope="col">{ "Sharing" }</th>
                        <th scope="col">{ "Paid by reservations" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for usage.iter().zip(&covered).enumerate().map(|(index, (it, covered))| row(&usage, index, it, *covered)) }
                </tbody>
            </table>
            <p class="bill-result" role="status">
                { "Transfer: " }<strong>{ format!("{} USD together", dollars(together)) }</strong>
                { format!(", {} USD apart: volume prices save {} USD.", dollars(apart), dollars(apart - together)) }
            </p>
            <p class="hint">
                { "The example’s prices: 0.17 USD per GB for the first 10 TB, 0.13 USD after that. A reservation serves its owner first, then the other accounts; both must have sharing on, and AWS chooses whose instance it is. What leaves the organization takes its reservations along." }
            </p>
        </section>
    }
}

fn row(
    usage: &UseStateHandle<[Usage; 3]>,
    index: usize,
    it: &Usage,
    (own, shared): (u32, u32),
) -> Html {
    let field = |what: &str, value: u32, set: fn(&mut Usage, u32)| {
        let usage = usage.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            let value = value.parse().unwrap_or(0).min(999);
            change(&usage, index, |it| set(it, value));
        });
        html! { <td><input type="number" min="0" max="999" aria-label={format!("{what}, {}", it.name)} value={value.to_string()} {oninput} /></td> }
    };
    let onchange = {
        let usage = usage.clone();
        Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            change(&usage, index, |it| it.sharing = on);
        })
    };
    html! {
        <tr key={it.name}>
            <th scope="row">{ it.name }</th>
            { field("TB out", it.terabytes, |it, value| it.terabytes = value) }
            { field("Instances", it.running, |it, value| it.running = value) }
            { field("Reserved Instances", it.reserved, |it, value| it.reserved = value) }
            <td><input type="checkbox" aria-label={format!("Sharing, {}", it.name)} checked={it.sharing} {onchange} /></td>
            <td>{ format!("{own} own + {shared} shared, {} on demand", it.running - own - shared) }</td>
        </tr>
    }
}

fn change(usage: &UseStateHandle<[Usage; 3]>, index: usize, set: impl FnOnce(&mut Usage)) {
    let mut changed = **usage;
    if let Some(it) = changed.get_mut(index) {
        set(it);
    }
    usage.set(changed);
}
