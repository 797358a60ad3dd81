//! What need not be made again: parsed texts and compiled accounts, known by pointer.

use std::collections::BTreeMap;
use std::sync::Arc;

use iam_evaluator::{PolicyDocument, PolicyType};

use crate::{Account, PolicyText};

/// Parsed texts and compiled accounts of one document.
///
/// Each entry keeps what its pointer points to, so that nothing else can come to stand there.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    texts: BTreeMap<(usize, PolicyType), (Arc<str>, Arc<PolicyDocument>)>,
    accounts: BTreeMap<usize, (Arc<Account>, Arc<iam_evaluator::Account>)>,
}

impl Kept {
    /// Finds a text read, or reads it.
    pub(super) fn policy(&self, text: &PolicyText, policy_type: PolicyType) -> Arc<PolicyDocument> {
        self.find(text, policy_type)
            .unwrap_or_else(|| Arc::new(PolicyDocument::parse(text.as_str(), policy_type)))
    }

    fn find(&self, text: &PolicyText, policy_type: PolicyType) -> Option<Arc<PolicyDocument>> {
        let key = (address(text.shared()), policy_type);
        self.texts.get(&key).map(|(_, parsed)| Arc::clone(parsed))
    }
}

/// What is kept of the document that is being compiled, drawn as far as possible from the one before it.
pub(super) struct Cache<'k> {
    known: &'k Kept,
    kept: Kept,
}

impl<'k> Cache<'k> {
    pub(super) fn new(known: &'k Kept) -> Self {
        Self { known, kept: Kept::default() }
    }

    pub(super) fn finish(self) -> Kept {
        self.kept
    }

    /// Finds a text read, or reads it, and keeps it.
    pub(super) fn parse(
        &mut self,
        text: &PolicyText,
        policy_type: PolicyType,
    ) -> Arc<PolicyDocument> {
        let parsed = match self.kept.find(text, policy_type) {
            Some(parsed) => parsed,
            None => self.known.policy(text, policy_type),
        };
        let shared = Arc::clone(text.shared());
        self.kept.texts.insert((address(&shared), policy_type), (shared, Arc::clone(&parsed)));
        parsed
    }

    /// Finds an account compiled, or compiles it, and keeps it with the texts in it.
    pub(super) fn account(
        &mut self,
        account: &Arc<Account>,
        compile: impl FnOnce(&mut Self) -> iam_evaluator::Account,
    ) -> Arc<iam_evaluator::Account> {
        let key = Arc::as_ptr(account).addr();
        let compiled = match self.known.accounts.get(&key) {
            Some((_, compiled)) => {
                self.keep_texts_of(account);
                Arc::clone(compiled)
            }
            None => Arc::new(compile(self)),
        };
        self.kept.accounts.insert(key, (Arc::clone(account), Arc::clone(&compiled)));
        compiled
    }

    /// An account that is not compiled again still has its texts, which the next edit will want.
    fn keep_texts_of(&mut self, account: &Account) {
        let managed = account.managed_policies.iter().map(|policy| &policy.document);
        let inline = (account.users.iter().flat_map(|user| &user.inline_policies))
            .chain(account.groups.iter().flat_map(|group| &group.inline_policies))
            .chain(account.roles.iter().flat_map(|role| &role.inline_policies))
            .map(|policy| &policy.document);
        let trust = account.roles.iter().map(|role| &role.trust_policy);
        let resource = account.resources.iter().filter_map(|resource| resource.policy.as_ref());
        let texts = (managed.chain(inline).map(|text| (text, PolicyType::Identity)))
            .chain(trust.map(|text| (text, PolicyType::RoleTrust)))
            .chain(resource.map(|text| (text, PolicyType::Resource)));
        for (text, policy_type) in texts {
            if let Some(parsed) = self.known.find(text, policy_type) {
                let shared = Arc::clone(text.shared());
                self.kept.texts.insert((address(&shared), policy_type), (shared, parsed));
            }
        }
    }
}

fn address(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).cast::<u8>().addr()
}
