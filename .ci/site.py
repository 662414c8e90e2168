"""Helper of .ci/site: checks the built site in a directory."""

import glob
import html.parser
import json
import os
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.loaded = set(), [], []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get('id'):
            self.ids.add(values['id'])
        if tag == 'a' and values.get('href'):
            self.links.append(values['href'])
        if tag in ('img', 'script', 'iframe', 'source') and values.get('src'):
            self.loaded.append(values['src'])
        if tag == 'link' and values.get('href') and values.get('rel') not in ('canonical', 'next', 'prev', 'edit'):
            self.loaded.append(values['href'])


def pages(site):
    found = {}
    for name in glob.glob(os.path.join(site, '**/*.html'), recursive=True):
        page = Page()
        with open(name, encoding='utf-8') as file:
            page.feed(file.read())
        found[os.path.relpath(name, site)] = page
    return found


def broken(site, found):
    for name, page in found.items():
        if name == '404.html':  # its links are absolute, for every depth
            continue
        for target in page.links + page.loaded:
            parts = urllib.parse.urlsplit(target)
            if parts.scheme or parts.netloc:
                if target in page.loaded:
                    yield f'{name} loads {target} from another server'
                continue
            path = os.path.normpath(os.path.join(os.path.dirname(name), urllib.parse.unquote(parts.path))) if parts.path else name
            if os.path.isdir(os.path.join(site, path)):
                path = os.path.normpath(os.path.join(path, 'index.html'))
            if not os.path.exists(os.path.join(site, path)):
                yield f'{name} links to {target}, which does not exist'
            elif parts.fragment and path in found and urllib.parse.unquote(parts.fragment) not in found[path].ids:
                yield f'{name} links to {target}, which has no such anchor'


def main(site):
    found = pages(site)
    faults = list(broken(site, found))
    rules = [os.path.basename(name)[:-3] for name in glob.glob('docs/rules/*.md') if not name.endswith('README.md')]
    faults += [f'the rule {rule} has no page' for rule in rules if f'rules/{rule}/index.html' not in found]  # the addresses of internal/home
    with open(os.path.join(site, 'search/search_index.json'), encoding='utf-8') as file:
        places = {entry['location'] for entry in json.load(file)['docs']}
    faults += [f'the search does not know the rule {rule}' for rule in rules if f'rules/{rule}/' not in places]
    nav = found['code-of-conduct/index.html'].links  # it has no links of its own to pages of docs
    for name in glob.glob('docs/*.md'):
        if f'../{os.path.basename(name)[:-3]}/' not in nav:
            faults.append(f'{name} is not in nav of packaging/mkdocs.yml')
    with open(os.path.join(site, 'index.html'), encoding='utf-8') as file:
        if 'slate' not in file.read():
            faults.append('there is no dark scheme')
    if faults or len(rules) < 200:
        sys.exit('\n'.join(f'site: {fault}' for fault in faults[:50] or ['too few rules']))
    print(f'site: {len(found)} pages, {sum(len(page.links) for page in found.values())} links')


if __name__ == '__main__':
    main(sys.argv[1])
