// Package explain describes in Markdown the value and the origin of an attribute, and formats texts of templates for Markdown. The
// front ends show these texts.
package explain
