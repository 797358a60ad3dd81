//! Damaged files give an error value: never a panic, and never a wrong catalogue.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is missing from the shipped files must stop the test"
)]

use iam_catalog::wire::{Contents, seal};
use iam_catalog::{Catalog, CatalogError, ManagedPolicies};
use proptest::prelude::*;

const ACTIONS: &[u8] = include_bytes!("../data/catalog.bin");
const POLICIES: &[u8] = include_bytes!("../data/catalog-policies.bin");
const HEADER: usize = 14;

fn payload(file: &[u8]) -> Vec<u8> {
    miniz_oxide::inflate::decompress_to_vec(&file[HEADER..]).unwrap()
}

/// A file with the right checksum over whatever is in it.
fn sealed(contents: Contents, payload: &[u8]) -> Vec<u8> {
    seal(contents, payload, &miniz_oxide::deflate::compress_to_vec(payload, 1))
}

/// Asks everything that can be asked.
fn exercise(file: &[u8]) {
    let Ok(catalog) = Catalog::decode(file) else { return };
    for service in catalog.services() {
        let _ =
            (service.name(), service.resource_types().count(), service.condition_keys().count());
    }
    for action in catalog.actions() {
        let _ = (action.service().action(action.name()), action.all_condition_keys());
    }
    let _ = catalog.expand("s3:*Object*").iter().count();
    let _ = (catalog.nearest_action("s3:GetObjct"), catalog.nearest_condition_key("aws:x/y"));
}

#[test]
fn each_kind_of_damage_has_its_error() {
    let error = |file: &[u8]| Catalog::decode(file).err();
    assert_eq!(error(b""), Some(CatalogError::NotACatalog));
    assert_eq!(error(&ACTIONS[1..]), Some(CatalogError::NotACatalog));
    assert_eq!(error(POLICIES), Some(CatalogError::OtherContents));
    assert_eq!(error(&ACTIONS[..ACTIONS.len() / 2]), Some(CatalogError::NotUnpacked));
    let changed = |at: usize, value: u8| {
        let mut file = ACTIONS.to_vec();
        file[at] = value;
        file
    };
    assert_eq!(error(&changed(4, 9)), Some(CatalogError::UnknownFormat(9)));
    assert_eq!(error(&changed(9, 255)), Some(CatalogError::NotUnpacked));
    assert_eq!(error(&changed(10, !ACTIONS[10])), Some(CatalogError::WrongChecksum));
    assert_eq!(error(&sealed(Contents::Actions, b"")), Some(CatalogError::Malformed("sections")));
    assert_eq!(ManagedPolicies::decode(ACTIONS).err(), Some(CatalogError::OtherContents));
}

#[test]
fn a_file_that_claims_to_be_huge_costs_no_memory() {
    let mut file = sealed(Contents::Actions, &vec![0; 20 << 20]);
    assert_eq!(Catalog::decode(&file).err(), Some(CatalogError::NotUnpacked));
    file[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(Catalog::decode(&file).err(), Some(CatalogError::NotUnpacked));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn changed_bytes_of_the_file_are_noticed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..8),
    ) {
        for original in [ACTIONS, POLICIES] {
            let mut file = original.to_vec();
            for (at, change) in &changes {
                file[at.index(original.len())] ^= change;
            }
            prop_assert!(file == original || Catalog::decode(&file).is_err());
            prop_assert!(file == original || ManagedPolicies::decode(&file).is_err());
        }
    }

    /// As if the one who wrote the file had made the mistake: the checksum is right.
    #[test]
    fn changed_contents_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut payload = payload(ACTIONS);
        for (at, change) in &changes {
            let at = at.index(payload.len());
            payload[at] = *change;
        }
        if let Some(cut) = cut {
            payload.truncate(cut.index(payload.len()));
        }
        exercise(&sealed(Contents::Actions, &payload));
    }

    #[test]
    fn random_contents_never_panic(payload in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(&sealed(Contents::Actions, &payload));
        let _ = ManagedPolicies::decode(&sealed(Contents::Policies, &payload));
    }

    #[test]
    fn changed_policies_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut payload = payload(POLICIES);
        for (at, change) in &changes {
            let at = at.index(payload.len());
            payload[at] = *change;
        }
        if let Ok(policies) = ManagedPolicies::decode(&sealed(Contents::Policies, &payload)) {
            let _ = policies.iter().map(|policy| policy.text().len()).sum::<usize>();
        }
    }
}
