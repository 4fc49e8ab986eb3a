// Offers the browser's time zone to an editor who has not chosen one, where it is another than the pages are in.

const offer = document.querySelector(".desk-zone-offer");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (offer && own?.includes("/") && own !== offer.dataset.zone) {
  offer.querySelectorAll("[data-own-zone]").forEach((place) => {
    place.textContent = own;
  });
  offer.querySelector("button").value = own;
  offer.hidden = false;
}
