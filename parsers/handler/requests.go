package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// sends reports whether a function with a name sends a request.
func sends(name string) bool {
	return slices.Contains([]string{"get", "post", "put", "patch", "delete", "head", "options", "request"}, name)
}

// request reads calls of the requests, httpx, urllib3 and ssl modules of Python, and options of requests in JavaScript.
func (u *unit) request(e *code.Expr, callee string) {
	library, function, _ := strings.Cut(callee, ".")
	switch {
	case u.code.Language != code.Python:
		u.agent(e, callee)
	case library == "requests" || library == "httpx":
		if sends(function) {
			u.sent(e, callee, isFalse(argument(e, "verify", -1)), argument(e, "timeout", -1) != nil || hasSpread(e) || library == "httpx")
		}
	case u.isUnverified(e, callee):
		u.sent(e, callee, true, true)
	case callee == "ssl._create_unverified_context":
		u.sent(e, callee, true, true)
	case callee == "urllib3.PoolManager" || callee == "urllib3.HTTPSConnectionPool":
		u.sent(e, callee, isCertNone(argument(e, "cert_reqs", -1)), true)
	}
}

// isUnverified reports whether a call in Python creates a client or sends a request of one, such as session.get(url, verify=False),
// that does not verify certificates.
func (u *unit) isUnverified(e *code.Expr, callee string) bool {
	isOff := func(keyword string) bool { return isFalse(argument(e, keyword, -1)) }
	method := lastName(callee)
	isClient := strings.HasSuffix(method, "Session") || strings.HasSuffix(method, "Client")
	switch {
	case method == "client" || method == "resource":
		return isOff("verify") && u.importsAny("boto3")
	case sends(method) || isClient || method == "TCPConnector":
		return isOff("verify") && u.importsAny("requests", "httpx") || (isOff("ssl") || isOff("verify_ssl")) && u.importsAny("aiohttp")
	}
	return false
}

// agent reads options of a client or a request in JavaScript that switch the verification off.
func (u *unit) agent(e *code.Expr, callee string) {
	for _, argument := range e.Items[1:] {
		u.options(argument, callee)
	}
}

// options reads an object in JavaScript, with the objects in it, that switches the verification off: {ssl: {rejectUnauthorized: false}}.
func (u *unit) options(e *code.Expr, name string) {
	if e == nil || e.Kind != code.Map {
		return
	}
	for i, item := range e.Items {
		u.options(item, name)
		if i < len(e.Keys) && (e.Keys[i] == "rejectUnauthorized" || e.Keys[i] == "strictSSL") && isFalse(item) {
			u.sent(item, name, true, true)
		}
	}
}

func isFalse(e *code.Expr) bool { return e != nil && e.Kind == code.Bool && e.Text == "false" }

// isCertNone reports whether an expression is ssl.CERT_NONE or its name.
func isCertNone(e *code.Expr) bool {
	name, _ := e.Path()
	return e != nil && e.Kind == code.String && e.Text == "CERT_NONE" || strings.HasSuffix(name, "CERT_NONE")
}

func (u *unit) sent(e *code.Expr, callee string, isUnverified, hasTimeout bool) {
	at := u.at(e.Range)
	u.f.requests = append(u.f.requests, model.SourceRequest{
		Block: model.NewBlock(at), Function: model.Known(callee, at), Verified: model.Known(!isUnverified, at), Timeout: model.Known(hasTimeout, at),
	})
}

// assigned reads settings of libraries that are assigned and switch the verification off.
func (u *unit) assigned(s *code.Statement) {
	if s.Target == nil || s.Value == nil {
		return
	}
	target, _ := s.Target.Path()
	if u.isScript() {
		u.options(s.Value, target)
	}
	if s.Target.Kind == code.Index && len(s.Target.Items) > 1 && s.Target.Items[1].Kind == code.String {
		target = s.Target.Items[1].Text
	}
	if name := target[strings.LastIndex(target, ".")+1:]; u.switchesOff(name, s.Value) {
		u.sent(s.Target, target, true, true)
	}
}

// switchesOff reports whether an assigned value switches the verification of certificates off.
func (u *unit) switchesOff(name string, value *code.Expr) bool {
	switch name {
	case "NODE_TLS_REJECT_UNAUTHORIZED":
		return value.Text == "0" || isFalse(value)
	case "verify":
		return isFalse(value) && u.code.Language == code.Python && u.importsAny("requests", "httpx")
	case "_create_default_https_context":
		path, _ := value.Path()
		return strings.HasSuffix(path, "_create_unverified_context")
	case "InsecureSkipVerify":
		return u.code.Language == code.Go && value.Kind == code.Bool && value.Text == "true"
	case "verify_mode":
		return isCertNone(value)
	}
	return false
}

func (u *unit) importsAny(names ...string) bool {
	return slices.ContainsFunc(u.code.Imports, func(i code.Import) bool { return slices.Contains(names, packageOf(u.module, i)) })
}
