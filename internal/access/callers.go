package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

func (b *builder) urls() {
	for i := range b.stack.FunctionURLs {
		u := &b.stack.FunctionURLs[i]
		c := Caller{Place: b.places.of(u.At), Kind: URL, Via: u.ID, How: "authorization " + text(&u.AuthType), Conditions: mayNotExist(&u.Resource), Existence: existenceOf(&u.Resource)}
		switch auth, ok := u.AuthType.Get(); {
		case !ok:
			c.Who, c.Reach = Who{Name: "requests to a function URL"}, Unknown
		case auth == "NONE":
			c.Who, c.Reach = Who{Anyone: true}, Public
		default:
			c.Who, c.Reach = Who{Name: "principals with signed requests"}, Limited
		}
		b.add(&u.Function, c)
	}
}

// Conditions of permissions that limit them to function URLs.
const (
	urlAuth = "function URL with authorization"
	urlOnly = "only through a function URL"
)

func (b *builder) permissions() {
	for i := range b.stack.Permissions {
		p := &b.stack.Permissions[i]
		c := Caller{Place: b.places.of(p.At), Kind: Permission, Via: p.ID, Who: Who{Name: text(&p.Principal)}, How: text(&p.Action), Existence: existenceOf(&p.Resource)}
		narrow, org := false, p.PrincipalOrgID.State != tree.StateAbsent
		for _, limit := range []struct {
			name   string
			value  *model.Value[string]
			shown  string
			narrow bool
		}{
			{"source ARN", &p.SourceARN.Value, refText(&p.SourceARN), true},
			{"source account", &p.SourceAccount, text(&p.SourceAccount), true},
			{"organization", &p.PrincipalOrgID, text(&p.PrincipalOrgID), false},
			{"event source token", &p.EventSourceToken, "(set)", true},
			{urlAuth, &p.FunctionURLAuthType, text(&p.FunctionURLAuthType), false},
		} {
			if limit.value.State == tree.StateAbsent {
				continue
			}
			c.Conditions = append(c.Conditions, limit.name+" "+limit.shown)
			value, _ := limit.value.Get()
			narrow = narrow || limit.narrow && !isStars(value)
		}
		if through, ok := p.InvokedViaFunctionURL.Get(); ok && through {
			c.Conditions = append(c.Conditions, urlOnly)
		}
		principal, ok := p.Principal.Get()
		if _, end := p.Principal.Ends(); !ok && isService(end) { // logs.REGION.amazonaws.com
			principal, ok = end, true
		}
		c.Reach = b.reach("", principal, ok, narrow)
		b.ofStack(&c, &p.Principal)
		if c.Reach == Public && org {
			c.Reach = CrossAccount
		}
		c.Conditions = append(c.Conditions, mayNotExist(&p.Resource)...)
		b.add(&p.Function, c)
	}
}

// reach returns the callers that a principal stands for. Narrow says that they are limited to a source.
func (b *builder) reach(kind, principal string, known, narrow bool) Reach {
	account := principal
	if m := accountOf.FindStringSubmatch(principal); m != nil {
		account = m[1]
	}
	isAccount := len(account) == accountDigits && strings.Trim(account, "0123456789") == ""
	switch {
	case !known:
		return Unknown
	case isAccount && b.own[account]:
		return Limited
	case isAccount:
		return CrossAccount
	case narrow:
		return Limited
	case principal == "*" && kind != "Service":
		return Public
	case kind == "Federated", ownOnly(principal):
		return Limited
	case isService(principal):
		return CrossAccount
	}
	return Unknown
}

// isService reports whether a principal is a service.
func isService(principal string) bool {
	return slices.ContainsFunc([]string{".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"}, func(end string) bool {
		return strings.HasSuffix(principal, end)
	})
}

const accountDigits = 12

// ownOnly reports whether a service invokes functions only for those who may register them.
func ownOnly(principal string) bool {
	return slices.Contains([]string{
		"edgelambda.amazonaws.com", "elasticloadbalancing.amazonaws.com", "elasticloadbalancing.amazonaws.com.cn", "replicator.lambda.amazonaws.com",
	}, principal)
}

// policies adds the principals of resource-based policies.
func (b *builder) policies() {
	for i := range b.stack.ResourcePolicies {
		p := &b.stack.ResourcePolicies[i]
		denies := p.Statements.State == tree.StateUnknown
		for j := range p.Statements.Items {
			s := &p.Statements.Items[j]
			if effect, ok := s.Effect.Get(); ok && strings.EqualFold(effect, "Deny") {
				denies = true
				continue
			}
			for _, c := range b.principals(s) {
				c.Kind, c.Via, c.How, c.Existence = Policy, p.ID, listed(texts(&s.Actions, text), maxShown), existenceOf(&p.Resource)
				c.Conditions = append(slices.Clip(c.Conditions), mayNotExist(&p.Resource)...)
				b.add(&p.Function, c)
			}
		}
		if denies {
			for _, target := range p.Function.Targets() {
				f := &b.unit.Functions[target]
				f.Unknown = add(f.Unknown, "denials and unknown statements of "+p.ID+" are not evaluated")
			}
		}
	}
}

// principals returns the principals of a statement as callers.
func (b *builder) principals(s *model.Statement) []Caller {
	var all []Caller
	narrow, org, open := narrowed(&s.Conditions)
	conditions := conditionTexts(&s.Conditions)
	for i := range s.Principals.Items {
		p := &s.Principals.Items[i]
		kind, _ := p.Kind.Get()
		value, ok := p.Value.Get()
		c := Caller{Place: b.places.of(s.At), Who: Who{Name: text(&p.Value)}, Conditions: conditions, Reach: b.reach(kind, value, ok, narrow)}
		b.ofStack(&c, &p.Value)
		if c.Reach == Public && org {
			c.Reach = CrossAccount
		}
		if c.Reach == Public && open || s.State == tree.StateUnknown {
			c.Reach = Unknown
		}
		all = append(all, c)
	}
	if s.Principals.State == tree.StateUnknown || len(s.NotPrincipals.Items) > 0 {
		all = append(all, Caller{Place: b.places.of(s.At), Who: Who{Name: "principals that cannot be determined"}, Conditions: conditions, Reach: Unknown})
	}
	return all
}

// ofStack names a principal that is unknown, but a role of the stack.
func (b *builder) ofStack(c *Caller, principal *model.Value[string]) {
	ids := principal.SourceIDs()
	if _, known := principal.Get(); known || len(ids) != 1 || b.serviceOf(ids[0]) != "iam" || b.types[base(ids[0])] == "" {
		return
	}
	c.Reach, c.Who = Limited, Who{Name: "role " + ids[0]}
}

// narrowed returns whether conditions limit a statement to a source, to an organization, or in another way that is not
// evaluated.
func narrowed(conditions *model.List[model.Condition]) (narrow, org, open bool) {
	open = conditions.State == tree.StateUnknown
	for i := range conditions.Items {
		key, _ := conditions.Items[i].Key.Get()
		operator, _ := conditions.Items[i].Operator.Get()
		positive := !strings.Contains(strings.ToLower(operator), "not") && !strings.HasSuffix(strings.ToLower(operator), "ifexists")
		switch strings.ToLower(key) {
		case "aws:sourcearn", "aws:sourceaccount":
			stars := slices.ContainsFunc(conditions.Items[i].Values.Items, func(v model.Value[string]) bool {
				value, _ := v.Get()
				return isStars(value)
			})
			narrow = narrow || positive && !stars
		case "aws:principalorgid", "aws:sourceorgid":
			org = org || positive
		case "lambda:functionurlauthtype", "aws:securetransport":
		default:
			open = true
		}
	}
	return narrow, org, open
}

func (b *builder) eventSources() {
	for i := range b.stack.EventSources {
		s := &b.stack.EventSources[i]
		c := Caller{Place: b.places.of(s.At), Kind: EventSource, Via: s.ID, Who: Who{Name: "records from " + refText(&s.Source)}, Reach: Limited, Conditions: mayNotExist(&s.Resource), Existence: existenceOf(&s.Resource)}
		if s.Source.State == tree.StateAbsent {
			c.Who.Name = "records from a self-managed source"
		}
		if enabled, ok := s.Enabled.Get(); ok && s.Enabled.State == tree.StateKnown && !enabled {
			c.Conditions = append(c.Conditions, "disabled")
		}
		if patterns := len(s.FilterPatterns.Items); patterns > 0 {
			c.Conditions = append(c.Conditions, fmt.Sprintf("filters: %d", patterns))
		}
		b.add(&s.Function, c)
	}
}

// frontEnds are the services of triggers that invoke functions for every caller that sends them a request.
var frontEnds = []string{ //nolint:gochecknoglobals // a table, never written
	"alexa-appkit", "apigateway", "appsync", "bedrock", "bedrock-agentcore", "connect", "edgelambda", "elasticloadbalancing", "iot", "lex", "lexv2",
	"s3-object-lambda", "voiceconnector.chime", "vpc-lattice",
}

func (b *builder) triggers() {
	for i := range b.stack.Triggers {
		t := &b.stack.Triggers[i]
		service := text(&t.Service)
		c := Caller{Place: b.places.of(t.At), Kind: Trigger, Via: t.ID, Who: Who{Name: service}, Reach: Limited, Conditions: mayNotExist(&t.Resource), Existence: existenceOf(&t.Resource)}
		if slices.Contains(frontEnds, service) {
			c.Reach, c.How = Unknown, "its own callers are not evaluated"
		}
		if t.Source.State != tree.StateAbsent {
			c.Conditions = append([]string{"source " + refText(&t.Source)}, c.Conditions...)
		}
		if enabled, ok := t.Enabled.Get(); ok && !enabled && t.Enabled.State == tree.StateKnown {
			c.Conditions = append(c.Conditions, "disabled")
		}
		authorizes, _ := t.Authorizes.Get()
		if authorizes {
			c.Reach, c.How = Limited, "authorizes requests"
		}
		for j := range t.Targets.Items {
			ref := &t.Targets.Items[j].Function
			if service == "apigateway" && !authorizes && b.isRouted(ref) {
				continue
			}
			b.add(ref, c)
		}
	}
}

// isRouted reports whether all functions of a reference have routes, which describe an API better than a trigger.
func (b *builder) isRouted(ref *model.Ref) bool {
	for _, i := range ref.Targets() {
		if !slices.ContainsFunc(b.unit.Functions[i].Callers, func(c Caller) bool { return c.Kind == Route }) {
			return false
		}
	}
	return true
}

func (b *builder) routes() {
	guarded := b.guarded()
	for i := range b.stack.Routes {
		r := &b.stack.Routes[i]
		c := Caller{Place: b.places.of(r.At), Kind: Route, Via: r.ID, Who: Who{Request: text(&r.Key), API: refText(&r.API)}, Conditions: mayNotExist(&r.Resource), Existence: existenceOf(&r.Resource)}
		authorize(&c, r, isGuarded(r, guarded))
		refs := []*model.Ref{&r.Function}
		for _, j := range r.Integrations.Targets() {
			if uri := &b.stack.APIIntegrations[j].URI; !slices.Equal(uri.Targets(), r.Function.Targets()) {
				refs = append(refs, uri)
			}
		}
		for _, ref := range refs {
			if len(ref.Targets()) > 0 { // the others have other backends
				b.add(ref, c)
			}
		}
	}
}

// authorize sets the reach of a route.
func authorize(c *Caller, r *model.Route, guarded bool) {
	auth, known := orDefault(&r.Authorization, "NONE")
	key, keyKnown := orDefault(&r.APIKeyRequired, false)
	c.How = "authorization " + text(&r.Authorization)
	if r.Authorization.State == tree.StateAbsent {
		c.How = "authorization " + auth
	}
	if r.Authorizer.State != tree.StateAbsent {
		c.How += " by " + refText(&r.Authorizer)
	}
	switch {
	case !known:
		c.Reach = Unknown
	case auth != "NONE":
		c.Reach = Limited
	case !keyKnown:
		c.Reach = Unknown
	case key:
		c.Reach, c.How = Limited, c.How+", API key"
	case guarded:
		c.Reach, c.How = Unknown, c.How+"; the API may be private or have a policy"
	default:
		c.Who.Anyone, c.Reach = true, Public
	}
}

// orDefault returns a value, or that of AWS where none is written, and whether it is known.
func orDefault[T model.Scalar](v *model.Value[T], standard T) (T, bool) {
	if v.State == tree.StateAbsent {
		return standard, true
	}
	return v.Get()
}

// guarded returns the APIs whose callers a network or a policy limits, or may limit.
func (b *builder) guarded() map[int]bool {
	found := map[int]bool{}
	for i := range b.stack.APIs {
		api := &b.stack.APIs[i]
		private := func(kind model.Value[string]) bool { v, ok := kind.Get(); return !ok || v == "PRIVATE" }
		found[i] = api.Statements.State == tree.StateUnknown || len(api.Statements.Items) > 0 ||
			api.EndpointTypes.State == tree.StateUnknown || slices.ContainsFunc(api.EndpointTypes.Items, private)
	}
	for i := range b.stack.APIPolicies {
		for _, j := range b.stack.APIPolicies[i].API.Targets() {
			found[j] = true
		}
	}
	maps.Copy(found, b.byCertificate())
	return found
}

// byCertificate returns the APIs without a default endpoint whose custom domain names require, or may require, certificates of
// clients (mutual TLS).
func (b *builder) byCertificate() map[int]bool {
	closed, open := map[int]bool{}, map[int]bool{}
	requires := func(domain int) bool {
		return b.stack.APIDomains[domain].MutualTLS.Truststore.State != tree.StateAbsent
	}
	for i := range b.stack.APIMappings {
		mapping := &b.stack.APIMappings[i]
		domains := mapping.Domain.Targets()
		isClosed := slices.ContainsFunc(domains, requires) || len(domains) == 0 && mapping.Domain.State == tree.StateUnknown
		for _, j := range mapping.API.Targets() {
			disabled, known := b.stack.APIs[j].NoDefaultEndpoint.Get()
			if isClosed && (disabled || !known) {
				closed[j] = true
			} else {
				open[j] = true
			}
		}
	}
	maps.DeleteFunc(closed, func(j int, _ bool) bool { return open[j] })
	return closed
}

func isGuarded(r *model.Route, guarded map[int]bool) bool {
	if r.Statements.State == tree.StateUnknown || len(r.Statements.Items) > 0 {
		return true
	}
	return slices.ContainsFunc(r.API.Targets(), func(i int) bool { return guarded[i] })
}
