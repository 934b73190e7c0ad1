//! Every object and shape of the table, each once, in the order of the reference.

use super::document::{PART, ROOT};
use super::shape::{Form, Named, Object, Shape, Word};

/// Every object.
pub(super) fn objects() -> Vec<&'static Object> {
    Walk::run().objects
}

/// What can be reached from the root.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) objects: Vec<&'static Object>,
    pub(super) named: Vec<&'static Named>,
    pub(super) forms: Vec<&'static Form>,
    pub(super) words: Vec<&'static [Word]>,
}

impl Walk {
    pub(super) fn run() -> Self {
        let mut walk = Self::default();
        walk.object(&ROOT);
        walk.object(&PART);
        walk
    }

    fn object(&mut self, object: &'static Object) {
        if self
            .objects
            .iter()
            .any(|known| std::ptr::eq(*known, object))
        {
            return;
        }
        self.objects.push(object);
        for field in object.fields {
            self.shape(&field.shape);
        }
    }

    fn shape(&mut self, shape: &'static Shape) {
        match shape {
            Shape::Text(form) => self.form(form),
            Shape::Words(words) => self.words.push(words),
            Shape::Object(object) => self.object(object),
            Shape::Names { name, value } => {
                self.form(name);
                self.shape(value);
            }
            Shape::List(item) => self.shape(item),
            Shape::Named(named) => self.name(named),
            Shape::Either(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Number { .. } | Shape::Switch | Shape::Nothing | Shape::Any => {}
        }
    }

    fn form(&mut self, form: &'static Form) {
        if !self.forms.iter().any(|known| std::ptr::eq(*known, form)) {
            self.forms.push(form);
        }
    }

    fn name(&mut self, named: &'static Named) {
        if !self.named.iter().any(|known| std::ptr::eq(*known, named)) {
            self.named.push(named);
            self.shape(&named.shape);
        }
    }
}
