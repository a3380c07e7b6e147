//! Comparisons of files then and now.
