// Package explain describes a stack in Markdown: who can invoke a function, what its execution role allows, and the value
// and origin of an attribute. The front ends show these texts.
package explain
