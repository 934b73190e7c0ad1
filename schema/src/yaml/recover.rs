//! Reading on behind a mistake: what holds it is left out, and the rest is read again.
//!
//! Each mistake costs a reading, so there are bounds: on mistakes, and on the bytes read because of them.

use std::borrow::Cow;

use serde_yaml::granit_parser::ScanError;

use super::block::{self, Block};
use super::compose::Lost;
use super::{Attempt, attempt, damage, error};
use crate::diagnostic::{Code, Diagnostic};
use crate::node::Node;
use crate::source::FileId;

/// Most mistakes after which reading goes on.
const MOST: usize = 20;
/// Most bytes read because of mistakes; small files come to `MOST` first.
const MOST_BYTES: usize = 32 << 20;
/// Most blocks (one mistake may cost several) whose place in the tree is looked for.
const MOST_MARKS: usize = 200;

/// The tree of a text, without the blocks that cannot be read; these are in the findings. Nothing when the rest makes
/// no tree either.
pub(super) fn read(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut rest = Rest {
        file,
        text: Cow::Borrowed(text),
        left_out: Vec::new(),
        lost: Lost::new(),
        misfit: false,
    };
    let mut readings_left = MOST.min(MOST_BYTES / text.len().max(1));
    loop {
        let mut seen = Vec::new();
        let lost = (!rest.left_out.is_empty()).then_some(&rest.lost);
        let root = match attempt(file, &rest.text, lost, &mut seen) {
            Attempt::Read(root) => root,
            Attempt::Stopped => {
                found.append(&mut seen);
                return None;
            }
            Attempt::Broken { error, flow } => {
                let blocks = rest.blame(&error, flow, found);
                if readings_left > 0 && rest.leave_out(blocks) {
                    readings_left -= 1;
                    continue;
                }
                // What was seen on the line of a mistake may be the first sign of it.
                let line = error::line_of(&rest.text, &error);
                seen.retain(|finding| finding.span.range().start < line);
                found.append(&mut seen);
                return None;
            }
        };
        found.append(&mut seen);
        if root.is_none() && rest.left_out.is_empty() {
            found.push(error::empty(file));
        }
        return root.map(|root| rest.marked(root, text));
    }
}

/// What is still read.
struct Rest<'a> {
    file: FileId,
    text: Cow<'a, str>,
    left_out: Vec<Block>,
    /// Anchors in what was left out.
    lost: Lost,
    /// The last block was left out because it is indented like nothing around it.
    misfit: bool,
}

impl Rest<'_> {
    /// Says what a mistake is, and what has to go because of it.
    fn blame(
        &mut self,
        error: &ScanError,
        flow: Option<usize>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Block> {
        let explained = error::explain(self.file, &self.text, error, flow);
        if let Some(rest) = self.consequence(&explained) {
            return vec![rest];
        }
        let is = |code: Code| explained.iter().any(|finding| finding.code == code);
        self.misfit = is(Code::E0104);
        let starts = explained.iter().map(|finding| finding.span.range().start);
        let mut places: Vec<usize> = starts
            .map(|start| flow.map_or(start, |flow| flow.min(start)))
            .collect();
        // One finding speaks of every tab.
        if is(Code::E0102) {
            places.extend(error::tabs(&self.text));
        }
        found.extend(explained);
        let blocks = places.iter().map(|at| block::around(&self.text, *at));
        blocks.flatten().collect()
    }

    /// Lines that fit nowhere because those right before them do not, which has been told.
    fn consequence(&self, explained: &[Diagnostic]) -> Option<Block> {
        let ([one], Some(before), true) = (explained, self.left_out.last(), self.misfit) else {
            return None;
        };
        let rest = block::rest_of_level(&self.text, one.span.range().start)?;
        let between = self.text.get(before.range.end..rest.range.start)?;
        let follows = one.code == Code::E0104 || rest.indent >= before.indent;
        (follows && block::is_silence(between)).then_some(rest)
    }

    /// Takes blocks out; whether there are any.
    fn leave_out(&mut self, blocks: Vec<Block>) -> bool {
        for block in &blocks {
            self.lost.extend(anchors(&self.text[block.range.clone()]));
            block::blank(self.text.to_mut(), block);
        }
        let some = !blocks.is_empty();
        self.left_out.extend(blocks);
        some
    }

    fn marked(&self, mut root: Node, text: &str) -> Node {
        if self.left_out.len() > MOST_MARKS {
            damage::mark_everything(&mut root);
        } else {
            for block in &self.left_out {
                damage::mark(&mut root, text, block);
            }
        }
        root
    }
}

/// What may be the names of anchors; a word too many only hides that an alias has none.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let words = text.split('&').skip(1);
    words.map(move |rest| rest.split(ends).next().unwrap_or_default().to_owned())
}
