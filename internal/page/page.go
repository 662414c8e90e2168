// Package page writes the frame of HTML pages that need no network and no other file.
package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
)

// Head returns the beginning of a page, up to the content of its body, in HTML that is well-formed XML, too. The page requests
// nothing: its content security policy allows only the style and the script, which are embedded as they are.
func Head(title, style, script string) string {
	return fmt.Sprintf(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="referrer" content="no-referrer"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; script-src '%s'"/>
<title>%s</title>
<style>%s</style>
</head>
<body>
`, digest(style), digest(script), html.EscapeString(title), style)
}

// End returns the end of a page with the script of its head.
func End(script string) string {
	return "<script>" + script + "</script>\n</body>\n</html>\n"
}

// digest returns the source expression of a content security policy that allows an embedded text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
