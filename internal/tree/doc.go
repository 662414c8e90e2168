// Package tree contains the values of a template before they have a meaning: known, unknown or absent,
// each with its place. It also defines the paths that lead through them, and reads JSON and policy
// documents, with or without holes, into trees.
package tree
