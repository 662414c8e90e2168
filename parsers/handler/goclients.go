package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// Paths of the packages of the SDKs for Go.
const (
	goSDK1 = "github.com/aws/aws-sdk-go/"
	goSDK2 = "github.com/aws/aws-sdk-go-v2/"
)

func isGoSDK(name string) bool {
	return strings.HasPrefix(name, goSDK1) || strings.HasPrefix(name, goSDK2)
}

// goService returns the service of a package of an SDK for Go, such as github.com/aws/aws-sdk-go-v2/service/s3 or
// github.com/aws/aws-sdk-go/service/s3/s3iface. isPlain: a package of types or helpers, without clients.
func goService(module string) (s service, isPlain, ok bool) {
	_, rest, isService := strings.Cut(module, "/service/")
	if !isGoSDK(module) || !isService {
		return service{}, false, false
	}
	name, inner, _ := strings.Cut(rest, "/")
	isPlain = inner != "" && inner != name+"iface"
	s, ok = serviceByID(name)
	return s, isPlain, ok
}

// goClient returns the name of the service whose client a function creates.
func goClient(callee string) (string, bool) {
	i := strings.LastIndex(callee, ".")
	if i < 0 || callee[i+1:] != "New" && callee[i+1:] != "NewFromConfig" {
		return "", false
	}
	s, isPlain, ok := goService(callee[:i])
	return s.name, ok && !isPlain
}

// goMade evaluates a function of an SDK that creates a client.
func (c *calls) goMade(name string, e *code.Expr) []object {
	i := strings.LastIndex(name, ".")
	if i < 0 {
		return nil
	}
	module, function := name[:i], name[i+1:]
	if s, isManager := goManager(module); isManager && strings.HasPrefix(function, "New") {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner, made: e}}
	}
	s, isPlain, ok := goService(module)
	switch {
	case isPlain:
		return nil
	case strings.HasPrefix(function, "New") && strings.Contains(module, "/service/") && isGoSDK(module) && !ok:
		c.unclear[e] = true
		return nil
	case ok && slices.Contains([]string{"New", "NewFromConfig", "NewPresignClient"}, function):
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner, made: e}}
	}
	return nil
}

// goManager returns the service of a package that transfers files: feature/s3/manager, service/s3/s3manager.
func goManager(module string) (service, bool) {
	if !isGoSDK(module) || !slices.Contains([]string{"s3manager", "manager", "transfermanager"}, path.Base(module)) {
		return service{}, false
	}
	return serviceByName("s3")
}

// goPrepare finds whose credentials the clients of a program use, and what is assigned to the fields of its types.
//
// They are those of the role unless the program names others or another endpoint, or does not load the configuration itself.
func (c *calls) goPrepare() {
	if c.language != code.Go {
		return
	}
	c.goOwner = ofUnknown
	for _, m := range c.modules {
		for _, i := range m.code.Imports {
			if i.Module == goSDK2+"config" || i.Module == goSDK1+"aws/session" {
				c.goOwner = ofRole
			}
		}
	}
	for _, m := range c.modules {
		c.goOptions(m)
	}
}

// goOptions reads what a file sets.
func (c *calls) goOptions(m *module) {
	for _, i := range m.code.Imports {
		if isGoSDK(i.Module) && strings.Contains(i.Module, "/credentials") {
			c.goOwner = ofUnknown
		}
	}
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		for e := range s.Expressions() {
			c.goOption(c.names[m], s.Function, e)
		}
	}
}

// goOption reads options of clients, and fields of literals of the types of a package.
func (c *calls) goOption(n *names, function int, e *code.Expr) {
	switch e.Kind { //nolint:exhaustive // others are no options
	case code.Member:
		if setsOwner(e.Text) {
			c.goOwner = ofUnknown
		}
	case code.Map:
		for i, key := range e.Keys {
			if setsOwner(key) && isGoSDK(n.imports[beforeDot(e.Text)].Module) {
				c.goOwner = ofUnknown
			}
			if key != "" && e.Text != "" && !strings.Contains(e.Text, ".") {
				c.goField(n, e.Text, key, assignment{value: e.Items[i], function: function})
			}
		}
	}
}

// goField adds the value of a field of a type of the package.
func (c *calls) goField(n *names, of, key string, a assignment) {
	if class, ok := n.classes[of]; ok {
		add(n.members, class, key, a)
		return
	}
	c.goFieldOfSibling(n, of, key, a)
}

// setsOwner reports whether an option, field or method of an SDK has other credentials or another endpoint than that of the role.
func setsOwner(name string) bool {
	return slices.Contains([]string{
		"Credentials", "WithCredentials", "WithCredentialsProvider", "WithSharedConfigProfile", "Profile", "WithAssumeRoleCredentialOptions",
		"WithSharedCredentialsFiles", "WithSharedConfigFiles", "Endpoint", "WithEndpoint", "WithEndpointResolver", "WithEndpointResolverWithOptions",
		"EndpointResolver", "EndpointResolverV2", "EndpointResolverWithOptions", "BaseEndpoint", "WithBaseEndpoint", "NewAssumeRoleProvider", "NewStaticCredentials",
		"NewStaticCredentialsProvider",
	}, name)
}

// field is the value of a field in a literal whose type is declared in another file of the package.
type field struct {
	class, name string
	from        *names
	assignment
}

func (c *calls) goFieldOfSibling(n *names, class, name string, a assignment) {
	key := path.Dir(n.path) + "\x00" + class + "\x00" + name
	if c.goFields == nil {
		c.goFields = map[string][]field{}
	}
	if len(c.goFields[key]) < maxKinds {
		c.goFields[key] = append(c.goFields[key], field{class, name, n, a})
	}
}
