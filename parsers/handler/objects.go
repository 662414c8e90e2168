package handler

import (
	"lintel/parsers/handler/code"
)

// objectKind is a kind of values that the search for calls follows.
type objectKind string

const (
	isModule   objectKind = "module"   // a third-party module or a member of one; name is its dotted path
	isLocal    objectKind = "local"    // a file of the package
	isFunction objectKind = "function" // a function of the package
	isClass    objectKind = "class"    // a class of the package
	isInstance objectKind = "instance" // an instance of it
	isLiteral  objectKind = "literal"  // a map
	isSession  objectKind = "session"  // of boto3
	isClient   objectKind = "client"   // of a service
	isDocument objectKind = "document" // the document client of DynamoDB
	isResource objectKind = "resource" // of boto3; name is the kind, such as Table, or ""
	isMeta     objectKind = "meta"     // of a resource or client
	isCommand  objectKind = "command"  // an operation with its input, of version 3 of the SDK for JavaScript and of the SDK for Go
)

// object is a value that the search for calls follows.
type object struct {
	kind    objectKind
	name    string // see objectKind; operation of a command
	service service
	input   *code.Expr // of a command or a resource: what names the resource
	owner   owner      // of a session, client, resource or module
	scope   *scope     // of a literal or an input
	index   int        // of a function or class
	made    *code.Expr // of a client: the expression that makes it
	expr    *code.Expr // of a literal
}

// owner says whose credentials a client uses.
type owner int

const (
	ofRole owner = iota
	ofOthers
	ofUnknown
)

// in returns the scope of a function of the same file, without a known caller.
func (s *scope) in(function int) *scope { return s.m.scope(function) }
