package secrets

import (
	"slices"
	"strings"
)

// Secret describes why a text is a secret. The zero Secret is not a secret.
type Secret struct {
	Form string // form of a token or key: an id of Shape, AWSKeyID or AWSSecretKey; empty: none
	Name string // name of a secret, if there is no form
}

// InProse searches a text for tokens.
func InProse(text string) Secret {
	if AccessKeyID(text) && !isPresigned(text) {
		return Secret{Form: AWSKeyID}
	}
	if keyInBase64(text) {
		return Secret{Form: AWSKeyID}
	}
	return Secret{Form: Shape("", text)}
}

// keyInBase64 reports whether a text contains the id of an AWS access key in Base64.
func keyInBase64(text string) bool { return slices.ContainsFunc(decoded(text), AccessKeyID) }

// assignedInBase64 is Assigned for the texts that a text contains in Base64.
func assignedInBase64(text string) string {
	for _, plain := range decoded(text) {
		if name := Assigned(plain); name != "" {
			return name
		}
	}
	return ""
}

// InSetting looks at the value of a setting. An empty name says nothing. withKeyID says that the id of
// an AWS access key stands beside it, so that what looks like the key is the key.
func InSetting(name, text string, withKeyID bool) Secret {
	switch {
	case AccessKeyID(text) || keyInBase64(text):
		return Secret{Form: AWSKeyID}
	case (withKeyID || forSecretKey(name)) && SecretAccessKey(text):
		return Secret{Form: AWSSecretKey}
	}
	if form := Shape(name, text); form != "" {
		return Secret{Form: form}
	}
	if name != "" && Named(name) && !strings.Contains(text, Hole) && Plausible(name, text) {
		return Secret{Name: name}
	}
	if found := Assigned(text); found != "" {
		return Secret{Name: found}
	}
	return Secret{Name: assignedInBase64(text)}
}

// InText searches code or a document for tokens, and for values assigned to names of secrets.
func InText(text string) Secret {
	if found := InProse(text); found.Form != "" {
		return found
	}
	for _, match := range assignments(text) {
		if forSecretKey(match[1]) && SecretAccessKey(match[2]) {
			return Secret{Form: AWSSecretKey}
		}
	}
	return Secret{Name: Assigned(text)}
}

// InSecret checks the value of a secret store. A JSON document contains several values with names; any other text is
// the secret itself.
func InSecret(text string) Secret {
	if found := InText(text); found != (Secret{}) {
		return found
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || strings.Contains(text, Hole) || !Plausible("password", text) {
		return Secret{}
	}
	return Secret{Name: "value"}
}
