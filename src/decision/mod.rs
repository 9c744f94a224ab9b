//! The decision tree.
