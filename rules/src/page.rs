//! The page of a rule: the `//!` comment at the head of its file.

/// The page in Markdown; its first line is the title, `# B215 UNIT_SAME`.
#[must_use]
pub fn page(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

/// A fenced example of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The words behind the fence, e.g. `yaml`, `before`.
    pub words: Vec<String>,
    /// What stands between the fences.
    pub text: String,
}

impl Example {
    /// Whether a word stands behind the fence.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }
}

/// Every fenced example of a page, in order.
#[must_use]
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for line in page.split_inclusive('\n') {
        match line.trim_end().strip_prefix("```") {
            Some("") => open = false,
            Some(info) => {
                open = true;
                let words = info.split_whitespace().map(str::to_owned).collect();
                let text = String::new();
                examples.push(Example { words, text });
            }
            None if open => {
                if let Some(example) = examples.last_mut() {
                    example.text.push_str(line);
                }
            }
            None => {}
        }
    }
    examples
}

/// The words of a page between its title and its first example, on one line.
#[must_use]
pub fn words(page: &str) -> String {
    let words = page
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with("```"));
    let words: Vec<&str> = words.flat_map(str::split_whitespace).collect();
    words.join(" ")
}
