"""One person's way through the portal in one kind of browser, and what every page has to be."""

import re
import shutil

from outside import ROOT

from axe_playwright_python.sync_playwright import Axe

SHOTS = ROOT / ".build" / "portal-screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WORLDS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 320, "height": 740}, "is_mobile": True, "has_touch": True,
              "user_agent": "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"},
    "desk, no scripts": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
    "phone, no scripts": {"viewport": {"width": 320, "height": 740}, "java_script_enabled": False},
}
# Everything that axe has of RGAA and WCAG; without the places where all is well, which are many.
AXE = Axe()
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
# Chromium reports every answer that is no success as an error of its console; those pages are looked at as well.
EXPECTED_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|413)")


class Walk:
    """One person's way through the portal in one kind of browser."""

    rows = set()
    failed = []
    passed = []

    def __init__(self, browser, world, address):
        self.world, self.address = world, address
        self.context = browser.new_context(locale="fr-FR", **WORLDS.get(world, {}))
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.titles = {}
        self.shots = 0

    def hear(self, message):
        if message.type == "error" and not EXPECTED_CONSOLE.match(message.text):
            self.check("console", f"no error in the console: {message.text}", False)

    def check(self, rows, says, holds):
        """Notes whether something holds, for these rows of the checklist."""
        Walk.rows.update(rows.split())
        if holds:
            Walk.passed.append(says)
        else:
            Walk.failed.append(f"{self.world}: {rows}: {says} ({self.page.url})")
            print(f"FAILED {Walk.failed[-1]}")

    # What a person does.

    def open(self, path):
        self.page.goto(self.address + path)

    def press(self, name, within="body"):
        """A link or a button, by the words that stand on it."""
        pattern = re.compile(rf"^{re.escape(name)}")
        place = self.page.locator(within)
        found = place.get_by_role("link", name=pattern).or_(place.get_by_role("button", name=pattern))
        self.follow(found.first)

    def follow(self, place):
        """Clicks there, and waits for the page that comes."""
        with self.page.expect_navigation():
            place.click()

    def text(self, place="main"):
        return self.page.inner_text(place)

    def has(self, role, name, place="body"):
        return self.page.locator(place).get_by_role(role, name=name, exact=True).count() > 0

    # What every page has to be.

    def look(self, name):
        """A picture, and what holds for every page of the portal."""
        self.shots += 1
        folder = SHOTS / self.world.replace(", ", "-").replace(" ", "-")
        body = self.page.content()
        self.page.screenshot(path=folder / f"{self.shots:02d}-{name}.png", full_page=True)
        if not self.page.url.startswith(self.address):
            return
        self.check("A11Y-9", f"{name}: a title that says where one is", " – Portail des proches" in self.page.title())
        self.check("A11Y-11", f"{name}: one first heading", self.page.locator("h1").count() == 1)
        self.check("A11Y-10", f"{name}: in French", 'lang="fr"' in body)
        ids = re.findall(r'\bid="([^"]+)"', body)
        self.check("A11Y-10", f"{name}: no id twice", len(ids) == len(set(ids)))
        misspelt = ["pénitentiaire.justice", "penitenciaire"]
        self.check("C-01", f"{name}: no misspelt address", not any(word in body for word in misspelt))
        passwords = self.page.locator("input[type=password]").count()
        self.check("C-06", f"{name}: no password field", passwords == 0 or "/etablissement/" in self.page.url)
        self.check("C-09", f"{name}: the support is offered", "contactez le support" in self.text("footer"))
        self.check("U05", f"{name}: says that it is a simulation", "aucun virement réel" in body)
        inline = re.search(r"<script|<style|<iframe|\s(style|on[a-z]+)=", body)
        self.check("CSP", f"{name}: no script, no inline style", not inline)
        fields = [field for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", body)
                  if not re.search(r'\btype="(hidden|radio|checkbox)"', field)]
        named = [re.search(r'\bid="([^"]+)"', field) for field in fields]
        labelled = all(field and body.count(f'<label for="{field[1]}"') == 1 for field in named)
        self.check("A11Y-1", f"{name}: each field has its label", labelled)
        if "no scripts" not in self.world:
            self.judge(name)

    def judge(self, name):
        here = self.page.viewport_size
        for size in [here | {"width": 768}, here]:
            self.page.set_viewport_size(size)
            width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            self.check("C-02 A11Y-14", f"{name}, {size['width']} px: nothing to scroll sideways", width <= 0)
        found = AXE.run(self.page, options=AXE_OPTIONS).response["violations"]
        for violation in found:
            places = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.check("AXE", f"{name}: {violation['id']}: {violation['help']}: {places}", False)
        self.check("AXE", f"{name}: axe finds nothing", not found)
