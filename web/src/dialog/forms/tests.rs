use iam_scenario::{Identity, PolicyPlace, PolicyType, apply};

use super::*;
use crate::dialog::FieldKind;

/// Submits a form with these values; what is left out stays as it was offered.
fn submit(document: &Document, form: &Form, values: &[&str]) -> Result<Document, String> {
    let offered = form.fields.iter().map(|field| field.value.clone());
    let given = values.iter().map(|value| Some((*value).to_owned())).chain(std::iter::repeat(None));
    let values = offered.zip(given).map(|(offered, given)| given.unwrap_or(offered)).collect();
    apply(document, &form.action.emit(values)).map_err(|exception| exception.to_string())
}

fn opened(form: &Form, values: &[&str]) -> Selection {
    form.open.as_ref().unwrap().emit(values.iter().map(|value| (*value).to_owned()).collect())
}

#[test]
fn what_a_form_creates_is_what_it_opens() {
    let document = crate::seed::document();
    let form = create_unit(&document, "ou-corp-workloads");
    let after = submit(&document, &form, &["Staging"]).unwrap();
    assert!(opened(&form, &["Staging"]).exists(&after));

    let form = create_policy(&document, PolicyType::ResourceControlPolicy);
    let after = submit(&document, &form, &["Only TLS", ""]).unwrap();
    let selection = opened(&form, &["Only TLS", ""]);
    assert!(selection.exists(&after));
    let Selection::Policy { place, .. } = selection else { panic!("a policy") };
    let compiled = iam_scenario::Compiled::new(&after);
    assert_eq!(compiled.diagnostics(&place), [], "the template is fine");

    let account = document.account("666666666666").unwrap();
    let form = create_identity(account, Identity::Role);
    let after = submit(&document, &form, &["Backup"]).unwrap();
    assert!(opened(&form, &["Backup", "/"]).exists(&after));

    let form = create_managed(account);
    let after = submit(&document, &form, &["ReadOnly"]).unwrap();
    assert!(opened(&form, &["ReadOnly"]).exists(&after));
}

#[test]
fn an_account_is_created_with_the_id_that_was_offered() {
    let document = crate::seed::document();
    let form = create_account(&document);
    let id = form.fields[2].value.clone();
    let after = submit(&document, &form, &["Analytics"]).unwrap();
    assert_eq!(after.account(&id).unwrap().name, "Analytics");
}

#[test]
fn a_move_offers_every_place_but_those_inside_what_is_moved() {
    let document = crate::seed::document();
    let form = move_to(&document, "ou-corp-workloads");
    let FieldKind::Choice(places) = &form.fields[0].kind else { panic!("a choice") };
    let ids: Vec<&str> = places.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["r-corp", "ou-corp-security", "ou-corp-infrastructure", "ou-corp-sandbox00"]);
    let form = move_to(&document, "999999999999");
    assert_eq!(form.fields[0].value, "ou-corp-development", "where it is");
    let after = submit(&document, &form, &["ou-corp-testing00"]).unwrap();
    assert_eq!(after.parent("999999999999").unwrap().name, "Testing");
}

#[test]
fn attaching_offers_what_is_not_attached_yet() {
    let document = crate::seed::document();
    let form = attach(&document, "ou-corp-development");
    let FieldKind::Choice(policies) = &form.fields[0].kind else { panic!("a choice") };
    assert!(policies.iter().all(|(id, _)| id != "p-denyec2dev" && id != "p-FullAWSAccess"));
    let after = submit(&document, &form, &["p-sandboxlist"]).unwrap();
    let development = after.organizational_unit("ou-corp-development").unwrap();
    assert!(development.attached_policies.iter().any(|id| id == "p-sandboxlist"));
}

#[test]
fn a_refusal_comes_in_awss_words() {
    let document = crate::seed::document();
    let refusal = submit(&document, &delete_unit(&document, "ou-corp-development"), &[]);
    assert!(refusal.unwrap_err().starts_with("OrganizationalUnitNotEmptyException"));
    let refusal = submit(&document, &create_unit(&document, "r-corp"), &["Sandbox"]);
    assert!(refusal.unwrap_err().starts_with("DuplicateOrganizationalUnitException"));
}

#[test]
fn the_settings_of_an_account_are_refused_in_awss_words() {
    let document = crate::seed::document();
    let form = account_settings(&document, "999999999999");
    let after = submit(&document, &form, &["dev@example.com", "SUSPENDED", "INVITED"]).unwrap();
    let account = after.account("999999999999").unwrap();
    assert_eq!(account.email, "dev@example.com");
    assert_eq!(account.joined_method, iam_scenario::JoinedMethod::Invited);
    let form = account_settings(&document, "111111111111");
    let refusal = submit(&document, &form, &["", "CLOSED", "CREATED"]);
    assert!(refusal.unwrap_err().starts_with("ConstraintViolationException"));
    let refusal = submit(&document, &delete_organization(&document), &[]);
    assert!(refusal.unwrap_err().starts_with("OrganizationNotEmptyException"));
}

#[test]
fn starting_again_brings_the_seed_back() {
    let empty = Document::default();
    let after = submit(&empty, &reset(), &[]).unwrap();
    assert_eq!(after, crate::seed::document());
    let place = PolicyPlace::Organization { policy: "p-denyec2dev".into() };
    assert!(after.policy_text(&place).is_some());
}
