/** What the shop holds. A thousand users; the first six of them have written all reviews. */

const writers = 6;
const products = 9;
const reviews = 29;

const sentences = ["Love it!", "Too expensive.", "Could be better.", "Prefer something else.", "Would buy it again."];

export const user = (id: string) => ({
  __typename: "User",
  id,
  name: `Specimen Person ${id}`,
  username: `specimen-${id}`,
  legalName: `Specimen Person ${id}`,
  jurisdiction: { providerCountry: "IE", residence: "FR", nationality: null, locatedIn: null, protectedRole: null },
});

export const product = (upc: string) => ({
  __typename: "Product",
  upc,
  name: `Article ${upc}`,
  price: 100 + 37 * Number(upc),
  weight: 50 * Number(upc),
  inStock: Number(upc) % 3 !== 0,
});

export const review = (id: string) => ({
  __typename: "Review",
  id,
  body: sentences[Number(id) % sentences.length],
  author: user(String((Number(id) % writers) + 1)),
  product: product(String((Number(id) % products) + 1)),
});

const allReviews = Array.from({ length: reviews }, (_, index) => review(String(index + 1)));

export const reviewsBy = (id: string) => allReviews.filter(({ author }) => author.id === id);
export const reviewsOf = (upc: string) => allReviews.filter(({ product: of }) => of.upc === upc);
/** What it costs to send something, of the price and the weight that another subgraph knows. */
export const shipping = (price: number, weight: number): number => (price > 1000 ? 0 : Math.round(weight * 0.5));

export const users = (first: number) => Array.from({ length: first }, (_, index) => user(String(index + 1)));
export const topProducts = (first: number) =>
  Array.from({ length: Math.min(first, products) }, (_, index) => product(String(index + 1)));
