// Package lsp is the language server: it checks what an editor has open, as it is there, and tells
// the editor what is found. It speaks version 3.17 of the protocol
// (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).
//
// One goroutine reads messages and keeps the open documents, one worker checks, and each request has
// a goroutine of its own. What is read of a folder is the folder with the texts of the editor in
// place of its files.
package lsp
