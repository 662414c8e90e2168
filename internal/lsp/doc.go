// Package lsp is the language server: it checks open documents with their unsaved texts and publishes the findings as
// diagnostics. It implements version 3.17 of the protocol
// (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).
//
// One goroutine reads messages and updates the open documents, one worker runs checks, and each request has its own
// goroutine. Checks read the file system overlaid with the open documents.
package lsp
