//! Numbers for what is compared often: policies, texts, lists, and the things that a request may bring along.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use iam_evaluator::{
    Account, AccountId, ConditionKey, DerivedKey, Organization, PolicyDocument, PolicyType,
};

use crate::glob;
use crate::universe::number;

/// What depends on the resource; on its region; everything else is a condition key.
pub(crate) const RESOURCE: u32 = 0;
pub(crate) const REGION: u32 = 1;

/// The name of a region, which is short, in a form that is compared at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    name: [u8; 24],
    length: u8,
}

impl Region {
    pub fn of(name: &str) -> Option<Self> {
        let mut region = Self { name: [0; 24], length: u8::try_from(name.len()).ok()? };
        region.name.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(region)
    }

    pub fn name(&self) -> &str {
        let name = self.name.get(..usize::from(self.length)).unwrap_or_default();
        // It was made from a text.
        std::str::from_utf8(name).unwrap_or_default()
    }
}

/// Gives equal things equal numbers. Numbers are never given twice.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    by_address: HashMap<usize, (Arc<PolicyDocument>, u32)>,
    by_text: HashMap<(PolicyType, Arc<str>), u32>,
    texts: HashMap<Box<str>, u32>,
    keys: HashMap<Box<[u32]>, u32>,
    dimensions: Vec<Box<str>>,
    last_document: u32,
    last_key: u32,
}

impl Numbers {
    /// The number of a policy; policies of one type and text have the same.
    pub fn document(&mut self, document: &Arc<PolicyDocument>) -> u32 {
        let address = Arc::as_ptr(document).addr();
        if let Some((_, number)) = self.by_address.get(&address) {
            return *number;
        }
        let next = self.last_document + 1;
        let content = (document.policy_type, Arc::clone(&document.text));
        let number = *self.by_text.entry(content).or_insert(next);
        self.last_document = self.last_document.max(number);
        // The entry keeps the policy, so that no other one can come to stand at its address.
        self.by_address.insert(address, (Arc::clone(document), number));
        number
    }

    pub fn text(&mut self, text: &str) -> u32 {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let next = number(self.texts.len());
        self.texts.insert(text.into(), next);
        next
    }

    pub fn key(&mut self, key: &[u32]) -> u32 {
        if let Some(known) = self.keys.get(key) {
            return *known;
        }
        self.last_key += 1;
        self.keys.insert(key.into(), self.last_key);
        self.last_key
    }

    /// The number of what gives a condition key its value; keys that follow from one fact share it.
    pub fn dimension(&mut self, key: &ConditionKey) -> u32 {
        let name = match key.derived() {
            Some(DerivedKey::RequestedRegion) => return REGION,
            Some(DerivedKey::CurrentTime | DerivedKey::EpochTime) => "time",
            Some(DerivedKey::TagKeys) => "tags",
            Some(DerivedKey::SourceOrgId | DerivedKey::SourceOrgPaths) => "aws:sourceaccount",
            Some(DerivedKey::VpceOrgId | DerivedKey::VpceOrgPaths) => "aws:vpceaccount",
            _ if key.folded().starts_with("aws:requesttag/") => "tags",
            _ => key.folded(),
        };
        let known = self.dimensions.iter().position(|known| **known == *name);
        let at = known.unwrap_or_else(|| {
            self.dimensions.push(name.into());
            self.dimensions.len() - 1
        });
        number(at) + REGION + 1
    }

    /// Forgets policies that nobody else holds.
    pub fn forget_unused(&mut self) {
        self.by_address.retain(|_, (document, _)| Arc::strong_count(document) > 1);
        self.by_text.retain(|(_, text), _| Arc::strong_count(text) > 1);
        self.keys.clear();
    }
}

/// Whether two states of an account list the same resources.
fn has_the_same(account: &Arc<Account>, other: &Arc<Account>) -> bool {
    let (own, others) = (account.resources.iter(), other.resources.iter());
    Arc::ptr_eq(account, other)
        || (account.id == other.id && own.map(|it| &it.arn).eq(others.map(|it| &it.arn)))
}

/// The listed resources of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    owners: BTreeMap<Box<str>, AccountId>,
    /// The accounts of which they are: the same ones have the same resources.
    accounts: Vec<Arc<Account>>,
    /// Changes with the resources.
    pub version: u32,
}

impl Listed {
    pub fn update(&mut self, organization: &Organization) {
        let accounts = || organization.accounts().map(|membership| membership.shared_account());
        let as_before = accounts().count() == self.accounts.len()
            && accounts().zip(&self.accounts).all(|(now, known)| has_the_same(now, known));
        self.accounts.clear();
        self.accounts.extend(accounts().cloned());
        if !as_before {
            let resources = accounts().flat_map(|account| {
                account.resources.iter().map(|resource| (resource.arn.clone(), account.id))
            });
            let owners = resources.collect();
            if self.owners != owners {
                self.owners = owners;
                self.version += 1;
            }
        }
    }

    /// The owner of the one listed resource that a pattern means, or in which all lies that it means.
    pub fn owner(&self, pattern: &str) -> Option<AccountId> {
        if self.owners.is_empty() {
            return None;
        }
        let beginning = glob::beginning(pattern);
        let mut within = match beginning.len() == pattern.len() {
            true => pattern,
            // What follows the last separator may still be cut short.
            false => beginning.rsplit_once(['/', ':'])?.0,
        };
        loop {
            if let Some(owner) = self.owners.get(within) {
                return Some(*owner);
            }
            within = within.rsplit_once(['/', ':'])?.0;
        }
    }
}
