use super::*;

/// The worked example of the Billing User Guide: 8 TB and 4 TB.
#[test]
fn volume_prices_count_all_accounts_as_one() {
    assert_eq!(dollars(price(12)), "2007.04");
    assert_eq!(dollars(price(8) + price(4)), "2088.96");
    assert_eq!((price(0), price(10)), (0, 174_080));
}

#[test]
fn a_reservation_serves_its_owner_first_then_those_who_share() {
    assert_eq!(covered(&BEGINNING), [(2, 0), (0, 3), (0, 0)]);
    let mut everybody = BEGINNING;
    everybody[1].running = 1;
    everybody[2].sharing = true;
    assert_eq!(covered(&everybody), [(2, 0), (0, 1), (0, 2)]);
}

#[test]
fn an_owner_that_does_not_share_keeps_its_reservations() {
    let mut usage = BEGINNING;
    usage[0].sharing = false;
    assert_eq!(covered(&usage), [(2, 0), (0, 0), (0, 0)]);
}

#[test]
fn the_bill_begins_with_the_guides_example() {
    let html = crate::testing::html::<Bill>(());
    assert!(html.contains("2007.04 USD together") && html.contains("save 81.92 USD"), "{html}");
}
