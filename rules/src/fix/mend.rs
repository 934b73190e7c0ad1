//! Round after round of changes until nothing more can be mended.

use std::collections::BTreeMap;
use std::io;

use redis_schema_model::diagnostic::Severity;
use redis_schema_model::load::{Loaded, Loader, load};

use super::{Applied, Changed, Fix, apply, of_codes};
use crate::lint::{Chosen, Given, run};

/// Rounds after which something goes in circles. Each but the first few follows a refused fix.
const ROUNDS: usize = 64;

/// What came of mending.
#[derive(Debug)]
pub struct Mended {
    /// Files that changed, each as it was at first and as it is now.
    pub files: Vec<Changed>,
    /// How many fixes are in them.
    pub fixes: usize,
    /// How many were left out because the result was no better.
    pub refused: usize,
    /// How many would rename keys and were not asked for.
    pub renames: usize,
    /// The schema as it is now.
    pub loaded: Loaded,
}

/// Mends what rules and the checker find in a schema and all that it imports. Nothing is written.
///
/// `renames` also applies fixes that change names of keys.
#[must_use]
pub fn mend(
    loader: &dyn Loader,
    root: &str,
    chosen: &Chosen,
    given: Given<'_>,
    renames: bool,
) -> Mended {
    let mut overlay = Overlay {
        below: loader,
        texts: BTreeMap::new(),
    };
    let mut originals: BTreeMap<String, String> = BTreeMap::new();
    let mut refused: Vec<Fix> = Vec::new();
    let mut mended = Mended {
        files: Vec::new(),
        fixes: 0,
        refused: 0,
        renames: 0,
        loaded: load(&overlay, root),
    };
    for _ in 0..ROUNDS {
        let state = State::of(&mended.loaded, chosen, given);
        let (wanted, left): (Vec<Fix>, Vec<Fix>) = state
            .fixes
            .iter()
            .filter(|fix| !refused.contains(fix))
            .cloned()
            .partition(|fix| renames || !fix.renames);
        mended.renames = left.len();
        if wanted.is_empty() {
            break;
        }
        let better = Attempt {
            root,
            chosen,
            given,
            state: &state,
            loaded: &mended.loaded,
            overlay: &overlay,
        };
        let Some((applied, loaded)) = better.best(&wanted, &mut refused) else {
            continue;
        };
        mended.fixes += applied.fixes;
        for file in applied.files {
            originals.entry(file.name.clone()).or_insert(file.old);
            overlay.texts.insert(file.name, file.new);
        }
        mended.loaded = loaded;
    }
    mended.refused = refused.len();
    mended.files = originals
        .into_iter()
        .filter_map(|(name, old)| {
            let new = overlay.texts.get(&name)?.clone();
            Some(Changed { name, old, new })
        })
        .filter(|file| file.old != file.new)
        .collect();
    mended
}

/// What is to be said of a schema.
struct State {
    errors: usize,
    findings: usize,
    fixes: Vec<Fix>,
}

impl State {
    fn of(loaded: &Loaded, chosen: &Chosen, given: Given<'_>) -> Self {
        let reports = run(loaded, chosen, given).reports;
        let is_error = |finding: &&redis_schema_model::diagnostic::Diagnostic| {
            finding.severity == Severity::Error
        };
        let mut fixes = of_codes(loaded);
        fixes.extend(reports.iter().filter_map(|report| report.fix.clone()));
        Self {
            errors: loaded.diagnostics.iter().filter(is_error).count(),
            findings: loaded.diagnostics.len() + reports.len(),
            fixes,
        }
    }

    /// Whether this is better than another state. Rules are not asked while there are errors, so a schema without any
    /// is better whatever they say then.
    fn is_better(&self, than: &Self) -> bool {
        if self.errors == 0 && than.errors > 0 {
            return true;
        }
        self.errors <= than.errors && self.findings < than.findings
    }
}

struct Attempt<'a> {
    root: &'a str,
    chosen: &'a Chosen,
    given: Given<'a>,
    state: &'a State,
    loaded: &'a Loaded,
    overlay: &'a Overlay<'a>,
}

impl Attempt<'_> {
    /// All fixes together, or as many as are good, found by halving; one that is not good alone is refused.
    fn best(&self, wanted: &[Fix], refused: &mut Vec<Fix>) -> Option<(Applied, Loaded)> {
        if let Some(good) = self.attempt(wanted) {
            return Some(good);
        }
        if let [alone] = wanted {
            refused.push(alone.clone());
            return None;
        }
        let (first, second) = wanted.split_at(wanted.len() / 2);
        if first.is_empty() {
            return None;
        }
        self.best(first, refused)
            .or_else(|| self.best(second, refused))
    }

    fn attempt(&self, fixes: &[Fix]) -> Option<(Applied, Loaded)> {
        let applied = apply(&self.loaded.sources, fixes);
        if applied.files.is_empty() {
            return None;
        }
        let mut texts = self.overlay.texts.clone();
        for file in &applied.files {
            texts.insert(file.name.clone(), file.new.clone());
        }
        let overlay = Overlay {
            below: self.overlay.below,
            texts,
        };
        let loaded = load(&overlay, self.root);
        let state = State::of(&loaded, self.chosen, self.given);
        state.is_better(self.state).then_some((applied, loaded))
    }
}

/// Changed texts over what a loader reads.
struct Overlay<'a> {
    below: &'a dyn Loader,
    texts: BTreeMap<String, String>,
}

impl Loader for Overlay<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.below.read(path),
        }
    }
}
