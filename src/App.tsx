import { Suspense, lazy } from 'react';
import { Link, Route, Routes } from 'react-router';
import { GalleryPage } from './components/GalleryPage.tsx';
import { Notice } from './components/Notice.tsx';
import { ToastStack } from './components/ToastStack.tsx';

const ReplayPage = lazy(async () => {
  const page = await import('./components/replay/ReplayPage.tsx');
  return { default: page.ReplayPage };
});

export function App() {
  return (
    <>
      <Routes>
        <Route path="/" element={<GalleryPage />} />
        <Route path="/dynamic/:sessionId" element={<GalleryPage />} />
        <Route
          path="/dynamic/:sessionId/replay"
          element={
            <Suspense fallback={null}>
              <ReplayPage />
            </Suspense>
          }
        />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
      <ToastStack />
    </>
  );
}

function NoSuchPage() {
  return (
    <Notice title="There is no such page." text="The address may have been cut short.">
      <Link className="button" to="/">
        All sessions
      </Link>
    </Notice>
  );
}
