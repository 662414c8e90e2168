package model

import (
	"reflect"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// sourceKinds are what the code of functions contains. A reader of the code fills them; no format declares them.
type sourceKinds struct {
	Sources []Source `json:"sources"`
}

// Source is the code of a handler: its file, and the files of the package that the file imports. Its lists contain what runs
// when the file is loaded and what the handler reaches. A list is unknown if there may be more: after code that cannot be
// parsed or resolved, or beyond a limit.
type Source struct {
	Resource               // with the id and type of the first function that it is of
	Language Value[string] `json:"language"` // python, javascript, typescript, go
	File     Value[string] `json:"file"`     // path of the handler's file, or the name that inline code has; absent: the package has no such file
	Missing  Value[string] `json:"missing"`  // path without extension of the file that the package does not have
	Handler  Value[string] `json:"handler"`  // name of the handler; absent: the file does not define it

	Functions BackRef `json:"functions"` // that the code is of

	Imports   List[SourceImport]   `json:"imports"`
	Variables List[SourceVariable] `json:"variables"`
	Texts     List[SourceText]     `json:"texts"`
	Requests  List[SourceRequest]  `json:"requests"`
	Catches   List[SourceCatch]    `json:"catches"`
	Logs      List[SourceLog]      `json:"logs"`
	Commands  List[SourceCommand]  `json:"commands"`
	Clients   List[SourceClient]   `json:"clients"`
	Queries   List[SourceQuery]    `json:"queries"`
	Accounts  List[SourceAccount]  `json:"accounts"`
	Temporary Temporary            `json:"temporary"`

	Calls    List[SourceCall]    `json:"calls"`
	Services List[Value[string]] `json:"services"`  // IAM prefixes of the AWS services that the code has clients of
	ReadsAll Value[bool]         `json:"reads_all"` // it may read environment variables whose names it does not spell
}

// Incomplete returns why the code is not read completely; empty: it is.
func (s *Source) Incomplete() string {
	for _, part := range []*state{&s.File.state, &s.Handler.state, &s.Imports.state, &s.Calls.state} {
		if part.State == tree.StateUnknown {
			return part.Cause()
		}
	}
	return ""
}

// SourceImport is a module that is not part of the package's own code.
type SourceImport struct {
	Block
	Module   Value[string] `json:"module"`   // top-level module in Python; package in JavaScript, such as aws-sdk
	Packaged Value[bool]   `json:"packaged"` // it is in the package, or in the list of its dependencies
	Optional Value[bool]   `json:"optional"` // imported in a try or an if statement
	// Found is false if neither the runtime, the package, its layers nor a list of dependencies contains the module, and no other
	// tool seems to add it.
	Found Value[bool] `json:"found"`
}

// SourceVariable is an environment variable that the code reads.
type SourceVariable struct {
	Block
	Name     Value[string] `json:"name"`
	Required Value[bool]   `json:"required"` // reading it fails if it is not set
}

// SourceText is a string of the code that has the form of a secret.
type SourceText struct {
	Block
	Text Value[string] `json:"text" secret:"form"`
}

// SourceRequest is an HTTPS request, or a setting of those that follow.
type SourceRequest struct {
	Block
	Function Value[string] `json:"function"` // as written, such as requests.get
	Verified Value[bool]   `json:"verified"` // the certificate of the server is verified
	Timeout  Value[bool]   `json:"timeout"`  // there is a time limit
}

// SourceCatch is a handler of exceptions.
type SourceCatch struct {
	Block
	Every Value[bool] `json:"every"` // it handles all exceptions
	Empty Value[bool] `json:"empty"` // it does nothing
}

// SourceLog is a text that the code logs or prints.
type SourceLog struct {
	Block
	Function Value[string] `json:"function"` // as written, such as print
	Content  Value[string] `json:"content"`  // event or environment: the whole of it; text: something else, only the first without a logger
}

// SourceQuery is a query of a database whose text the code composes.
type SourceQuery struct {
	Block
	Function Value[string] `json:"function"` // as written, such as execute
	Event    Value[bool]   `json:"event"`    // its text contains a part of the event
}

// SourceAccount is the ID of an AWS account in an ARN or a URL of the code.
type SourceAccount struct {
	Block
	ID Value[string] `json:"id"`
}

// SourceCommand is a command that a shell or an interpreter executes.
type SourceCommand struct {
	Block
	Function Value[string] `json:"function"` // as written, such as os.system
	Event    Value[bool]   `json:"event"`    // its text contains a part of the event
}

// SourceClient is a client of an AWS service.
type SourceClient struct {
	Block
	Service Value[string] `json:"service"`    // as the SDK names it
	Handler Value[bool]   `json:"in_handler"` // the handler creates it, with the same options on every invocation
	Region  Value[string] `json:"region"`     // written in the code
}

// SourceCall is a call of an operation of an AWS service.
type SourceCall struct {
	Block
	Service   Value[string]       `json:"service"`   // prefix of its IAM actions, such as states
	Operation Value[string]       `json:"operation"` // as the API names it, such as ListObjectsV2
	Actions   List[Value[string]] `json:"actions"`   // that it requires, such as s3:ListBucket
	Resource  Value[string]       `json:"resource"`  // name, URL or ARN of the bucket, table or other resource
	Variable  Value[string]       `json:"variable"`  // the environment variable that the resource is read from
	OfEvent   Value[bool]         `json:"of_event"`  // the resource is the bucket in the event, and the code compares no names
	Load      Value[bool]         `json:"load"`      // it runs when the file is loaded
	Handled   Value[bool]         `json:"handled"`   // an exception is caught and not raised again
	// OwnCredentials is true if the client does not use the credentials of the function's role.
	OwnCredentials Value[bool] `json:"own_credentials"`
}

// Temporary is what the code does with files in /tmp.
type Temporary struct {
	Block
	Writes  List[Value[string]] `json:"writes"`  // paths
	Removes Value[bool]         `json:"removes"` // it removes files, or uses files that are removed by themselves
}

// AddSource adds the code of a function. It returns the index of the source, or -1 if the stack has no room.
func (s *Stack) AddSource(code Source) int {
	if s.isFull(code.At) {
		return -1
	}
	s.Sources = append(s.Sources, code)
	collection := reflect.ValueOf(&s.Sources).Elem()
	if !s.count(collection, collection.Index(len(s.Sources)-1), code.At) {
		return -1
	}
	return len(s.Sources) - 1
}

// UseSource makes a source the code of a function.
func (s *Stack) UseSource(function, index int, at source.Range) {
	f := &s.Functions[function]
	s.Sources[index].Functions.targets = append(s.Sources[index].Functions.targets, function)
	f.Source = Ref{Value: Known(s.Sources[index].Language.value, at), targets: []int{index}}
}
