"""The way in and the way out, and the pages for everybody."""


def log_in(walk, person="Trois prénoms"):
    walk.press("Fournisseur d’identité Alpha")
    walk.press(person)
    walk.press("Continuer sur")


def arrive(walk):
    """The way in: C rows."""
    walk.open("/")
    walk.look("welcome")
    walk.check("C-03 C-04", "the button of FranceConnect", walk.has("link", "S’identifier avec FranceConnect"))
    walk.check("C-12", "the users are the relatives", "proches des personnes détenues" in walk.page.title())
    walk.open("/pecule")
    walk.check("C-05 C-11", "FranceConnect is another place", not walk.page.url.startswith(walk.address))
    log_in(walk)
    walk.check("C-11", "back at the page that was asked for", walk.page.url == walk.address + "/pecule")
    tabs = walk.page.locator("nav[aria-label='Menu principal'] a").all_inner_texts()
    walk.check("C-08", "the four tabs in their order", tabs == ["Accueil", "Permis", "Pécule", "Contact"])
    walk.open("/mes-donnees")
    walk.look("my-data")
    walk.check("C-10", "the account has its address", "camille@" in walk.text())


def leave(walk):
    """The pages for everybody, what is not there, and the way out."""
    for path in ["contact", "aide", "accessibilite", "mentions-legales", "donnees-personnelles", "plan-du-site"]:
        walk.open("/" + path)
        walk.look(path)
    for path in ["/nulle-part", "/virements/PEC0", "/pecule/inconnu", "/permis/inconnu/parloir", "/virements?apres=x"]:
        walk.open(path)
        walk.check("AUTHORITY", f"{path} is not found", "Page introuvable" in walk.page.title())
    walk.look("not-found")
    walk.press("Se déconnecter")
    walk.look("signed-out")
    walk.check("O-02", "signed out", "Vous êtes déconnecté" in walk.text())
    walk.open("/pecule")
    walk.check("C-11", "nothing without a login", not walk.page.url.startswith(walk.address))
